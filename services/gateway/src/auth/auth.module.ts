import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { BackendsModule } from '../backends/backends';
import { Authenticator } from './authenticator';
import { KeyVerifier } from './key-verifier';
import { ScopeGuard } from './scope.guard';
import { TokenVerifier } from './token-verifier';

@Module({
  imports: [BackendsModule],
  providers: [Authenticator, KeyVerifier, TokenVerifier, { provide: APP_GUARD, useClass: ScopeGuard }],
  exports: [Authenticator, KeyVerifier],
})
export class AuthModule {}
