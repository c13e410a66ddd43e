import type * as Messages from '@beatbot/contracts/storage/v1/keys';
import { callContext, type ServerCall } from '@beatbot/service-kit';
import type { Metadata } from '@grpc/grpc-js';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import { FieldChecks } from '../edge/field-checks';
import { idOf } from '../edge/id-of';
import { ownerOf } from '../edge/owner';
import { keyMessage, scopeOf, secretOf } from './key-mapping';
import { keyNotFound, KeyService } from './key.service';

const MAX_GRACE_MS = 30 * 86_400_000;

@Controller()
export class KeyGrpc {
  constructor(private readonly keys: KeyService) {}

  @GrpcMethod('KeyService', 'CreateKey')
  async createKey(
    request: Messages.CreateKeyRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.CreateKeyResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const wanted = {
      owner,
      requestId: checks.text('request_id', request.requestId, 1, 128),
      name: checks.text('name', request.name.trim(), 1, 100),
      scope: scopeOf(request.scope, checks),
      secret: secretOf(request.secret, checks),
      expireTime: checks.futureTime('expire_time', request.expireTime),
    };
    checks.done();
    return { key: keyMessage(await this.keys.create(wanted)) };
  }

  @GrpcMethod('KeyService', 'ListKeys')
  async listKeys(
    _request: Messages.ListKeysRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.ListKeysResponse> {
    return { keys: (await this.keys.list(ownerOf(callContext(call)))).map(keyMessage) };
  }

  @GrpcMethod('KeyService', 'RotateKey')
  async rotateKey(
    request: Messages.RotateKeyRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.RotateKeyResponse> {
    const owner = ownerOf(callContext(call));
    const checks = new FieldChecks();
    const secret = secretOf(request.secret, checks);
    const graceMs = checks.duration('grace', request.grace, 0, MAX_GRACE_MS);
    checks.done();
    const keyId = idOf(request.keyId, keyNotFound);
    return { key: keyMessage(await this.keys.rotate(owner, keyId, secret, graceMs)) };
  }

  @GrpcMethod('KeyService', 'DeleteKey')
  async deleteKey(
    request: Messages.DeleteKeyRequest,
    _metadata: Metadata,
    call: ServerCall,
  ): Promise<Messages.DeleteKeyResponse> {
    const owner = ownerOf(callContext(call));
    await this.keys.delete(owner, idOf(request.keyId, keyNotFound));
    return {};
  }

  @GrpcMethod('KeyService', 'VerifyKey')
  async verifyKey(request: Messages.VerifyKeyRequest): Promise<Messages.VerifyKeyResponse> {
    const checks = new FieldChecks();
    const sha256 = checks.sha256('sha256', request.sha256);
    checks.done();
    return { key: keyMessage(await this.keys.verify(sha256)) };
  }
}
