import { createHmac, timingSafeEqual } from 'node:crypto';
import { DomainError } from '@beatbot/service-kit';

export interface SignedRead {
  owner: string;
  key: string;
  fileName: string;
  /** To the second. */
  expireTime: Date;
}

/** Path below which this service serves signed URLs. */
export const SIGNED_PATH = 'objects';

/** Signs and checks URLs of this service: an HMAC-SHA-256 over method, owner, key, file name and expiry. */
export class UrlSigner {
  constructor(
    private readonly secret: string,
    private readonly publicUrl: string,
  ) {}

  sign(read: SignedRead): string {
    const path = [SIGNED_PATH, read.owner, ...read.key.split('/')].map(encodeURIComponent).join('/');
    const query = new URLSearchParams({
      expires: String(Math.floor(read.expireTime.getTime() / 1000)),
      ...(read.fileName && { name: read.fileName }),
      signature: this.signature(read).toString('base64url'),
    });
    return `${this.publicUrl.replace(/\/+$/, '')}/${path}?${query}`;
  }

  /** @throws DomainError PERMISSION_DENIED unless the signature is ours for exactly this, and the time has not come */
  check(read: SignedRead, signature: string): void {
    const given = Buffer.from(signature, 'base64url');
    const right = this.signature(read);
    if (given.length !== right.length || !timingSafeEqual(given, right)) {
      throw new DomainError('PERMISSION_DENIED', 'the signature does not fit this URL');
    }
    if (read.expireTime.getTime() <= Date.now()) {
      throw new DomainError('PERMISSION_DENIED', `the URL expired at ${read.expireTime.toISOString()}`);
    }
  }

  private signature({ owner, key, fileName, expireTime }: SignedRead): Buffer {
    const what = JSON.stringify(['GET', owner, key, fileName, Math.floor(expireTime.getTime() / 1000)]);
    return createHmac('sha256', this.secret).update(what).digest();
  }
}
