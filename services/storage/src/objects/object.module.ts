import { CONFIG, Readiness } from '@beatbot/service-kit';
import { Module } from '@nestjs/common';
import type { Config } from '../config';
import { FileSystemObjectStore } from './file-system-object-store';
import { ObjectCatalogue } from './object-catalogue';
import { ObjectDownloadController } from './object-download.controller';
import { OBJECT_STORE } from './object-store';
import { ObjectGrpc } from './object.grpc';
import { ObjectService } from './object.service';
import { UrlSigner } from './url-signer';

@Module({
  controllers: [ObjectGrpc, ObjectDownloadController],
  providers: [
    {
      provide: UrlSigner,
      useFactory: (config: Config) => new UrlSigner(config.OBJECT_SIGNING_SECRET, config.OBJECT_PUBLIC_URL),
      inject: [CONFIG],
    },
    {
      provide: OBJECT_STORE,
      useFactory: (config: Config, signer: UrlSigner, readiness: Readiness) => {
        const store = new FileSystemObjectStore(config.OBJECT_STORE_PATH, signer);
        readiness.addCheck('objects', () => store.checkWritable());
        return store;
      },
      inject: [CONFIG, UrlSigner, Readiness],
    },
    ObjectCatalogue,
    ObjectService,
  ],
  exports: [OBJECT_STORE],
})
export class ObjectModule {}
