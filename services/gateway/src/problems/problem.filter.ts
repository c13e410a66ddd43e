import { type ArgumentsHost, Catch, type ExceptionFilter, Logger, NotFoundException } from '@nestjs/common';
import { DomainError } from '@beatbot/service-kit';
import type { Request, Response } from 'express';
import { askedPath } from '../requests/asked-path';
import { requestId } from '../requests/caller';
import { errorOfHttp } from './http-error';
import { PROBLEM_TYPE, problemOf, retryAfterSeconds } from './problem';

/** RFC 6750, section 3. */
const CHALLENGE = 'Bearer realm="beatbot"';

/** Headers of the answer that the error takes the place of. */
const ANSWER_HEADERS = ['ETag', 'Cache-Control', 'Content-Disposition', 'Content-Length', 'Accept-Ranges', 'Location'];

/** Answers every error as application/problem+json. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly log = new Logger('http');

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<Request>();
    const response = host.switchToHttp().getResponse<Response>();
    const error = thrown instanceof NotFoundException ? unrouted(request) : errorOfHttp(thrown);
    if (response.headersSent || response.destroyed) {
      // A stream that fails midway can only be cut, so that the client sees that it is not whole.
      if (!response.writableFinished && !response.destroyed) {
        this.log.warn(`${request.method} ${request.path} was cut: ${error.message}`);
        response.destroy();
      }
      return;
    }
    if (error.reason === 'INTERNAL') this.log.error(error.cause instanceof Error ? error.cause : error);
    for (const header of ANSWER_HEADERS) response.removeHeader(header);
    const retryAfter = retryAfterSeconds(error);
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    if (error.httpStatus === 401) response.set('WWW-Authenticate', CHALLENGE);
    response
      .status(error.httpStatus)
      .set('Cache-Control', 'no-store')
      .type(PROBLEM_TYPE)
      .send(JSON.stringify(problemOf(error, askedPath(request), requestId(request, response))));
  }
}

/** No handler throws NotFoundException: the router does, where no route fits. */
function unrouted(request: Request): DomainError {
  return new DomainError('NOT_FOUND', `there is nothing at ${request.path}`);
}
