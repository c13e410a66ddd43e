import type { Server } from 'node:http';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { WsAdapter } from '@nestjs/platform-ws';
import { SwaggerModule } from '@nestjs/swagger';
import helmet from 'helmet';
import { CONFIG } from '@beatbot/service-kit';
import type { GatewayConfig } from './config';
import { openApiDocument } from './openapi/openapi-document';
import { bodyTimeLimit } from './requests/body-time-limit';

/** How long a client may take to send its whole request, unless it is an archive. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Longer than load balancers keep theirs, so that they never write into a connection we just closed. */
const KEEP_ALIVE_TIMEOUT_MS = 65_000;

/** The HTTP side of the gateway: keep-alive, security headers, WebSockets, and the documents. */
export function configureHttp(app: NestExpressApplication): void {
  const server = app.getHttpServer() as Server;
  // Archives take longer than other bodies, which have bodyTimeLimit.
  server.requestTimeout = app.get<GatewayConfig>(CONFIG).DOWNLOAD_TIME_LIMIT_SECONDS * 1000;
  server.keepAliveTimeout = KEEP_ALIVE_TIMEOUT_MS;
  app.use(bodyTimeLimit(REQUEST_TIMEOUT_MS));
  app.disable('x-powered-by');
  // Entity tags are the SHA-256 of assets; nothing else has one.
  app.disable('etag');
  // Plain HTTP is what this server speaks; who puts TLS in front of it says so there.
  app.use(
    helmet({
      contentSecurityPolicy: { directives: { upgradeInsecureRequests: null } },
      strictTransportSecurity: false,
    }),
  );
  app.useWebSocketAdapter(new WsAdapter(app));
  SwaggerModule.setup('docs', app, openApiDocument(), {
    raw: ['json'],
    jsonDocumentUrl: 'openapi.json',
    customSiteTitle: 'BeatBot API',
  });
}
