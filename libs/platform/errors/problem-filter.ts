import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { requestIdOf } from '../http/request-id.ts';
import { Log } from '../log/index.ts';
import { FailureLog } from './failure-log.ts';
import { retryAfterOf } from './retry-after-of.ts';
import { toProblem } from './to-problem.ts';

/** Renders whatever was thrown as problem+json; only what is our own fault is logged as an error, with the request's id. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(private readonly log: Log) {
    this.#failures = new FailureLog(log, 'A request failed');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const request = http.getRequest<Request>();
    const response = http.getResponse<Response>();
    const found = toProblem(thrown);
    const instance = requestIdOf(request);
    if (found.code === 'internal' || found.status >= 500) {
      this.#failures.tell(thrown, { request: instance, method: request.method, code: found.code });
    } else {
      this.log.debug(
        { request: instance, method: request.method, code: found.code, status: found.status },
        found.title,
      );
    }
    if (response.headersSent) {
      response.destroy(); // half an answer was sent already: a broken connection is the honest end
      return;
    }
    const retryAfter = retryAfterOf(thrown, found);
    if (retryAfter !== undefined) response.setHeader('retry-after', String(retryAfter));
    if (found.status === 401) response.setHeader('www-authenticate', 'Bearer');
    response
      .status(found.status)
      .type('application/problem+json')
      .send(JSON.stringify({ ...found, instance }));
  }
}
