import { Module } from '@nestjs/common';
import { ArchiveModule } from './archives/archive.module';
import { DatabaseModule } from './database/database.module';
import { JobModule } from './jobs/job.module';
import { KeyModule } from './keys/key.module';
import { ObjectModule } from './objects/object.module';
import { RetentionModule } from './retention/retention.module';
import { SongModule } from './songs/song.module';
import { UsageModule } from './usage/usage.module';
import { WebhookModule } from './webhooks/webhook.module';

@Module({
  imports: [
    DatabaseModule,
    SongModule,
    JobModule,
    ObjectModule,
    RetentionModule,
    KeyModule,
    UsageModule,
    WebhookModule,
    ArchiveModule,
  ],
})
export class AppModule {}
