import { Module } from '@nestjs/common';
import { DatabaseModule } from './database/database.module';
import { JobModule } from './jobs/job.module';
import { ObjectModule } from './objects/object.module';

@Module({ imports: [DatabaseModule, JobModule, ObjectModule] })
export class AppModule {}
