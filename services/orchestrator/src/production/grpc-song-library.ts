import { Revision } from '@beatbot/contracts/music/v1/song';
import { ObjectServiceController, PutObjectRequest } from '@beatbot/contracts/storage/v1/objects';
import { SongServiceController } from '@beatbot/contracts/storage/v1/songs';
import { CallOptions, GrpcClient } from '@beatbot/service-kit';
import { present } from '../jobs/present';
import { SongLibrary } from './song-library';

const CHUNK_BYTES = 256 * 1024;

/** Songs and objects in the storage service. */
export class GrpcSongLibrary implements SongLibrary {
  constructor(
    private readonly songs: GrpcClient<SongServiceController>,
    private readonly objects: GrpcClient<ObjectServiceController>,
  ) {}

  async getRevision(songId: string, number: number, call: CallOptions): Promise<Revision> {
    return present((await this.songs.getRevision({ songId, number }, call)).revision, 'revision');
  }

  async putObject(
    object: { key: string; contentType: string; sha256: string; bytes: Buffer },
    call: CallOptions,
  ): Promise<void> {
    await this.objects.putObject(parts(object), call);
  }
}

async function* parts(object: {
  key: string;
  contentType: string;
  sha256: string;
  bytes: Buffer;
}): AsyncGenerator<PutObjectRequest> {
  const { bytes, ...header } = object;
  yield { header: { ...header, size: bytes.length } };
  for (let start = 0; start < bytes.length; start += CHUNK_BYTES) {
    yield { chunk: bytes.subarray(start, start + CHUNK_BYTES) };
  }
}
