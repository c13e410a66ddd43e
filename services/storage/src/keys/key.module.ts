import { Module } from '@nestjs/common';
import { KeyGrpc } from './key.grpc';
import { KeyService } from './key.service';

@Module({ controllers: [KeyGrpc], providers: [KeyService] })
export class KeyModule {}
