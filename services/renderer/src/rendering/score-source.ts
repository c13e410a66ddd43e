import { canonicalBytes, Score } from '@beatbot/music';
import { DomainError } from '@beatbot/service-kit';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE, ObjectStore, StoreCall } from '../storage/object-store';

/** Larger scores are beyond the limit of notes in any case. */
const MAX_SCORE_BYTES = 64 * 1024 * 1024;

/** Where a score comes from: storage, or the request itself. */
export type ScoreReference = { scoreKey: string } | { score: Score };

/** Gets the canonical bytes of a score; whether they are one, the plan finds out. */
@Injectable()
export class ScoreSource {
  constructor(@Inject(OBJECT_STORE) private readonly objects: ObjectStore) {}

  /** @throws DomainError NOT_FOUND, INVALID_ARGUMENT */
  async bytes(reference: ScoreReference, call: StoreCall): Promise<Uint8Array> {
    if ('score' in reference) return canonicalBytes(reference.score);
    const bytes = await this.objects.get(reference.scoreKey, MAX_SCORE_BYTES, call);
    if (!bytes)
      throw new DomainError('NOT_FOUND', `score_key "${reference.scoreKey}": there is no such object`, {
        fields: [{ field: 'score_key', value: reference.scoreKey, allowed: 'the key of a stored score' }],
      });
    return bytes;
  }
}
