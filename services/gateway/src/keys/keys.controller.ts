import { Body, Controller, Delete, Get, HttpCode, Param, Post, Res } from '@nestjs/common';
import type { Key } from '@beatbot/contracts/storage/v1/keys';
import type { CallContext } from '@beatbot/service-kit';
import type { Response } from 'express';
import { keptOf, newKeySecret } from '../auth/key-secret';
import { keyScopeNames, KeyVerifier } from '../auth/key-verifier';
import { NeedsScope } from '../auth/scope.guard';
import { type KeyClient, Keys } from '../backends/backends';
import { present } from '../backends/present';
import { Operation } from '../openapi/operation';
import { Caller } from '../requests/caller';
import { IdempotencyKey, idempotencyHeader } from '../requests/idempotency-key';
import { timestampText } from '../validation/timestamp';
import { CreateKeyDto, KeyListDto, KeyParams, type KeyView, RotateKeyDto, SecretKeyDto } from './key.schemas';

/** Keys of the caller's owner. Secrets are made here and told once; storage learns their hashes alone. */
@Controller('v1/keys')
@NeedsScope('admin')
export class KeysController {
  constructor(
    @Keys() private readonly keys: KeyClient,
    private readonly verifier: KeyVerifier,
  ) {}

  @Post()
  @HttpCode(201)
  @Operation({
    id: 'createKey',
    summary: 'Make an API key',
    description: 'A repeat under the same Idempotency-Key is answered with 409, since the secret is told once.',
    headers: idempotencyHeader,
    answers: { 201: { description: 'The key with its secret', body: SecretKeyDto } },
  })
  async create(
    @Caller() caller: CallContext,
    @IdempotencyKey() requestId: string,
    @Body() { name, scope, expireTime }: CreateKeyDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SecretKeyDto> {
    const secret = newKeySecret();
    const { key } = await this.keys.createKey(
      {
        requestId,
        name,
        scope: keyScopeNames.toMessage(scope),
        secret: keptOf(secret),
        expireTime: expireTime === undefined ? undefined : timestampOf(new Date(expireTime)),
      },
      { context: caller },
    );
    response.set('Cache-Control', 'no-store');
    return { key: keyView(present(key, 'key')), secret };
  }

  @Get()
  @Operation({
    id: 'listKeys',
    summary: 'List the API keys, newest first',
    answers: { 200: { description: 'All of them, without secrets', body: KeyListDto } },
  })
  async list(@Caller() caller: CallContext): Promise<KeyListDto> {
    const { keys } = await this.keys.listKeys({}, { context: caller });
    return { keys: keys.map(keyView) };
  }

  @Post(':key\\:rotate')
  @HttpCode(200)
  @Operation({
    id: 'rotateKey',
    summary: 'Give a key another secret',
    description: 'The secret before may hold on for a while, so that its users can change over.',
    answers: { 200: { description: 'The key with its new secret', body: SecretKeyDto } },
  })
  async rotate(
    @Caller() caller: CallContext,
    @Param() { key: keyId }: KeyParams,
    @Body() { graceSeconds = 0 }: RotateKeyDto,
    @Res({ passthrough: true }) response: Response,
  ): Promise<SecretKeyDto> {
    const secret = newKeySecret();
    const { key } = await this.keys.rotateKey(
      { keyId, secret: keptOf(secret), grace: { seconds: graceSeconds, nanos: 0 } },
      { context: caller },
    );
    this.verifier.forget(keyId);
    response.set('Cache-Control', 'no-store');
    return { key: keyView(present(key, 'key')), secret };
  }

  @Delete(':key')
  @HttpCode(204)
  @Operation({
    id: 'deleteKey',
    summary: 'Revoke an API key',
    description: 'It holds no more: at once here, within seconds at other gateways.',
    answers: { 204: { description: 'Revoked' } },
  })
  async delete(@Caller() caller: CallContext, @Param() { key: keyId }: KeyParams): Promise<void> {
    await this.keys.deleteKey({ keyId }, { context: caller });
    this.verifier.forget(keyId);
  }
}

function keyView(key: Key): KeyView {
  return {
    id: key.id,
    name: key.name,
    scope: keyScopeNames.fromMessage(key.scope),
    hint: key.hint,
    createTime: timestampText(key.createTime),
    expireTime: timestampText(key.expireTime),
    rotateTime: timestampText(key.rotateTime),
    lastUseTime: timestampText(key.lastUseTime),
    previousExpireTime: timestampText(key.previousExpireTime),
  };
}

function timestampOf(time: Date): { seconds: number; nanos: number } {
  const seconds = Math.floor(time.getTime() / 1000);
  return { seconds, nanos: (time.getTime() - seconds * 1000) * 1e6 };
}
