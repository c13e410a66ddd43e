import { Injectable } from '@nestjs/common';
import type { IncomingMessage } from 'node:http';

/** The owner of everything made on one machine without configuration. */
export const LOCAL_OWNER = 'local';

/** Tells whose a request is: the one place where credentials become an owner. */
@Injectable()
export class OwnerResolver {
  /** This server knows one owner; it listens on loopback unless HOST says otherwise. */
  async ownerOf(_request: IncomingMessage): Promise<string> {
    return LOCAL_OWNER;
  }
}
