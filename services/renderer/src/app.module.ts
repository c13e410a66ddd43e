import { Module } from '@nestjs/common';
import { CatalogueGrpc } from './catalogue/catalogue.grpc';
import { RenderModule } from './rendering/render.module';
import { StorageModule } from './storage/storage.module';

@Module({ imports: [StorageModule, RenderModule], controllers: [CatalogueGrpc] })
export class AppModule {}
