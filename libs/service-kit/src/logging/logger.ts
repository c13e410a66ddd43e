import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isSpanContextValid, trace } from '@opentelemetry/api';
import type { Params } from 'nestjs-pino';
import pino, { type Logger } from 'pino';
import type { BaseConfig } from '../config/environment';
import { currentCall, REQUEST_ID_KEY } from '../grpc/call-context';

const REQUEST_ID = /^[\w.:-]{1,128}$/;

/** One JSON object per line on standard output, with the service's name and, within a call, `trace_id`, `span_id` and `requestId`. */
export function createLogger(name: string, config: Pick<BaseConfig, 'LOG_LEVEL'>): Logger {
  return pino({
    level: config.LOG_LEVEL,
    base: { service: name },
    formatters: { level: (label) => ({ level: label }) },
    timestamp: pino.stdTimeFunctions.isoTime,
    mixin,
  });
}

function mixin(): object {
  const span = trace.getActiveSpan()?.spanContext();
  const call = currentCall.getStore();
  return {
    ...(span && isSpanContextValid(span) && { trace_id: span.traceId, span_id: span.spanId }),
    ...(call && { requestId: call.requestId }),
  };
}

/** Logs each HTTP request when it ends, and gives it an id that is also answered as `x-request-id`. */
export function httpLogging(logger: Logger): Params {
  return {
    pinoHttp: {
      logger,
      genReqId: (request: IncomingMessage, response: ServerResponse) => {
        const given = request.headers[REQUEST_ID_KEY];
        const id = typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
        response.setHeader(REQUEST_ID_KEY, id);
        return id;
      },
      customLogLevel: (_request, response, error) => (error || response.statusCode === 500 ? 'error' : 'info'),
      // Headers carry credentials, and queries signatures; the line says what was asked and what was answered.
      serializers: {
        req: (request: { id: unknown; method: string; url: string }) => ({
          id: request.id,
          method: request.method,
          url: request.url.split('?')[0],
        }),
        res: (response: { statusCode: number }) => ({ statusCode: response.statusCode }),
      },
    },
  };
}
