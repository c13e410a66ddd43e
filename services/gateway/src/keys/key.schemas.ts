import { z } from 'zod';
import { KEY_SCOPES } from '../auth/key-verifier';
import { keyId } from '../validation/path-params';
import { line } from '../validation/text';
import { zodDto } from '../validation/zod-dto';

const MAX_GRACE_SECONDS = 30 * 86_400;
const time = z.string().meta({ format: 'date-time' }).nullable();

export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    scope: z.enum(KEY_SCOPES).describe('Each includes the ones before it: read, write, admin (keys and webhooks)'),
    hint: z.string().describe('How its secret begins, to know it again by'),
    createTime: time,
    expireTime: time.describe('When it ends to hold; null where it does not'),
    rotateTime: time.describe('When it got its present secret, where that is not the first'),
    lastUseTime: time.describe('To the minute; null before the first time'),
    previousExpireTime: time.describe('Until when the secret before holds on'),
  })
  .meta({ id: 'ApiKey' });

const createKeySchema = z
  .strictObject({
    name: line(100),
    scope: z.enum(KEY_SCOPES),
    expireTime: z.iso
      .datetime({ offset: true, error: 'a time to come, such as 2030-01-31T12:00:00Z' })
      .refine((text) => new Date(text).getTime() > Date.now(), 'a time to come, such as 2030-01-31T12:00:00Z')
      .meta({ format: 'date-time', pattern: undefined })
      .optional()
      .describe('When it shall end to hold; never where not given'),
  })
  .meta({ id: 'CreateApiKey', examples: [{ name: 'the build', scope: 'write' }] });

const rotateKeySchema = z
  .strictObject({
    graceSeconds: z
      .int()
      .min(0)
      .max(MAX_GRACE_SECONDS)
      .optional()
      .describe('How long the secret before holds on; no longer where not given'),
  })
  .meta({ id: 'RotateApiKey' });

const secretKeySchema = z
  .object({ key: keySchema, secret: z.string().describe('Told this once; only its hash is kept') })
  .meta({ id: 'ApiKeyWithSecret' });

export class KeyParams extends zodDto(z.strictObject({ key: keyId })) {}
export class CreateKeyDto extends zodDto(createKeySchema) {}
export class RotateKeyDto extends zodDto(rotateKeySchema) {}
export class SecretKeyDto extends zodDto(secretKeySchema) {}
export class KeyListDto extends zodDto(z.object({ keys: z.array(keySchema) }).meta({ id: 'ApiKeyList' })) {}

export type KeyView = z.infer<typeof keySchema>;
