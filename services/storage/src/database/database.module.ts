import { Global, Module } from '@nestjs/common';
import { Database } from './database';
import { ReadReplicas } from './read-replicas';

@Global()
@Module({ providers: [Database, ReadReplicas], exports: [Database, ReadReplicas] })
export class DatabaseModule {}
