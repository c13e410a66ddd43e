import { Module } from '@nestjs/common';
import { SongGrpc } from './song.grpc';
import { SongService } from './song.service';

@Module({ controllers: [SongGrpc], providers: [SongService], exports: [SongService] })
export class SongModule {}
