import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { OBJECT_STORE, ObjectStore, StoreCall } from '../storage/object-store';
import { RenderedAssets } from './rendered-assets';

const MAX_BYTES = 4 * 1024 * 1024;

/** Remembers in storage what a request was answered, so that its repeat is free. */
@Injectable()
export class StoredRenders {
  constructor(@Inject(OBJECT_STORE) private readonly objects: ObjectStore) {}

  /** The answer of an equal request; undefined where there was none, or where one of its files has gone since. */
  async find(key: string, call: StoreCall): Promise<RenderedAssets | undefined> {
    const bytes = await this.objects.get(key, MAX_BYTES, call);
    if (!bytes) return undefined;
    const stored = JSON.parse(new TextDecoder().decode(bytes)) as RenderedAssets;
    const present = await Promise.all(stored.assets.map(({ object }) => this.objects.stat(object.key, call)));
    return present.every((object) => object !== undefined) ? stored : undefined;
  }

  async remember(key: string, rendered: RenderedAssets, call: StoreCall): Promise<void> {
    const bytes = new TextEncoder().encode(JSON.stringify(rendered));
    await this.objects.put(
      { key, contentType: 'application/json', bytes, sha256: createHash('sha256').update(bytes).digest('hex') },
      call,
    );
  }
}
