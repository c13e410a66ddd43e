import { isIP } from 'node:net';
import { Inject, Injectable } from '@nestjs/common';
import { CONFIG, DomainError } from '@beatbot/service-kit';
import type { NextFunction, Request, Response } from 'express';
import type { GatewayConfig } from '../config';
import { isLoopback } from './loopback';

/**
 * Which Host headers are answered. A page of another site can have its own name resolved to this machine (DNS rebinding)
 * and then reads as if it were of this origin; the Host header still bears that name. Addresses and `localhost` cannot be
 * turned so. A gateway on another interface than loopback serves any name, unless some are listed.
 */
@Injectable()
export class AllowedHosts {
  private readonly names: ReadonlySet<string>;
  private readonly checked: boolean;

  constructor(@Inject(CONFIG) { ALLOWED_HOSTS, HOST }: GatewayConfig) {
    this.names = new Set(ALLOWED_HOSTS);
    this.checked = ALLOWED_HOSTS.length > 0 || isLoopback(HOST);
  }

  /** @param header as received, with or without a port; undefined where HTTP/1.0 sent none */
  allows(header: string | undefined): boolean {
    if (!this.checked || header === undefined) return true;
    const name = header.toLowerCase().replace(/:\d*$/, '').replace(/\.$/, '');
    return isIP(name.replace(/^\[(.*)\]$/, '$1')) > 0 || /^(.*\.)?localhost$/.test(name) || this.names.has(name);
  }

  /** @throws DomainError PERMISSION_DENIED that names the host and what is allowed */
  middleware() {
    return (request: Request, _response: Response, next: NextFunction): void => {
      const { host } = request.headers;
      if (this.allows(host)) {
        next();
        return;
      }
      const allowed = ['localhost', 'an address', ...this.names].join(', ');
      throw new DomainError('PERMISSION_DENIED', `Host ${host} is not served here: ${allowed}; see ALLOWED_HOSTS`, {
        fields: [{ field: 'Host', value: host, allowed }],
      });
    };
  }
}
