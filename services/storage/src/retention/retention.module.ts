import { Module } from '@nestjs/common';
import { ObjectModule } from '../objects/object.module';
import { RetentionService } from './retention.service';

@Module({ imports: [ObjectModule], providers: [RetentionService] })
export class RetentionModule {}
