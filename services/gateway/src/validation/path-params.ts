import { z } from 'zod';
import { zodDto } from './zod-dto';
import { queryInteger } from './page-query';

const ID = /^[A-Za-z0-9][\w-]{0,63}$/;

export const songId = z.string().regex(ID, 'the id of a song').describe('Id of the song');
export const jobId = z.string().regex(ID, 'the id of a job').describe('Id of the job');
export const keyId = z.string().regex(ID, 'the id of a key').describe('Id of the key');
export const webhookId = z.string().regex(ID, 'the id of a webhook').describe('Id of the webhook');
export const deliveryId = z.string().regex(ID, 'the id of a delivery').describe('Id of the delivery');
const revisionNumber = queryInteger(1, 4_294_967_295).describe('Number of the revision, from 1');

export class SongParams extends zodDto(z.strictObject({ song: songId })) {}
export class JobParams extends zodDto(z.strictObject({ job: jobId })) {}
export class RevisionParams extends zodDto(z.strictObject({ song: songId, number: revisionNumber })) {}
export class StemParams extends zodDto(
  z.strictObject({
    song: songId,
    number: revisionNumber,
    track: z
      .string()
      .regex(/^[\w.-]{1,100}$/, 'the id of a track')
      .describe('Id of the track, such as bass'),
  }),
) {}
export class AssetParams extends zodDto(
  z.strictObject({
    song: songId,
    number: revisionNumber,
    name: z
      .union([z.string(), z.array(z.string()).transform((parts) => parts.join('/'))])
      .pipe(z.string().regex(/^[\w./-]{1,200}$/, 'the name of an asset'))
      .meta({ type: 'string', anyOf: undefined })
      .describe('Name of the asset, such as mix.mp3 or stems/bass.wav'),
  }),
) {}
