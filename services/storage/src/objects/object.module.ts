import { CONFIG, Readiness } from '@beatbot/service-kit';
import { Module } from '@nestjs/common';
import type { Config } from '../config';
import { FileSystemObjectStore } from './file-system-object-store';
import { ObjectCatalogue } from './object-catalogue';
import { ObjectDownloadController } from './object-download.controller';
import { OBJECT_STORE, type ObjectStore } from './object-store';
import { ObjectGrpc } from './object.grpc';
import { ObjectService } from './object.service';
import { UrlSigner } from './url-signer';

@Module({
  controllers: [ObjectGrpc, ObjectDownloadController],
  providers: [
    { provide: UrlSigner, useFactory: urlSignerOf, inject: [CONFIG] },
    {
      provide: OBJECT_STORE,
      useFactory: (config: Config, readiness: Readiness, catalogue: ObjectCatalogue) => {
        const store = objectStoreOf(config, catalogue);
        readiness.addCheck('objects', () => store.checkWritable());
        return store;
      },
      inject: [CONFIG, Readiness, ObjectCatalogue],
    },
    ObjectCatalogue,
    ObjectService,
  ],
  exports: [OBJECT_STORE, ObjectService],
})
export class ObjectModule {}

/** Null where S3 itself serves the signed URLs. */
function urlSignerOf(config: Config): UrlSigner | null {
  if (config.OBJECT_STORE === 's3') return null;
  return new UrlSigner(config.OBJECT_SIGNING_SECRET, config.OBJECT_PUBLIC_URL);
}

function objectStoreOf(config: Config, catalogue: ObjectCatalogue): ObjectStore {
  if (config.OBJECT_STORE === 'file-system') {
    const signer = new UrlSigner(config.OBJECT_SIGNING_SECRET, config.OBJECT_PUBLIC_URL);
    return new FileSystemObjectStore(config.OBJECT_STORE_PATH, signer, () => catalogue.isEmpty());
  }
  // Loaded here only: the AWS SDK would slow every start that does not need it.
  const { S3ObjectStore } = require('./s3-object-store') as typeof import('./s3-object-store');
  return new S3ObjectStore(config);
}
