import { Module } from '@nestjs/common';
import { ObjectModule } from '../objects/object.module';
import { SongModule } from '../songs/song.module';
import { ArchiveGrpc } from './archive.grpc';
import { ExportService } from './export.service';
import { ImportService } from './import.service';

@Module({
  imports: [SongModule, ObjectModule],
  controllers: [ArchiveGrpc],
  providers: [ExportService, ImportService],
})
export class ArchiveModule {}
