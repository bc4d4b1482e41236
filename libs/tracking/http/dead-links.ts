import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { FailureLog, Log } from '#platform';
import { deadLinkHeaders, deadLinkPage } from './link-page.ts';
import { languages, type DeadLink } from './link-texts.ts';

/** Errors for people who followed a link: kind words instead of problem+json. */
@Injectable()
@Catch()
export class DeadLinks implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'A link could not be followed');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const best = http.getRequest<Request>().acceptsLanguages([...languages]);
    const language = languages.find((one) => one === best) ?? 'en';
    const [status, why] = answerFor(thrown);
    if (status >= 500) this.#failures.tell(thrown);
    http
      .getResponse<Response>()
      .status(status)
      .set({ ...deadLinkHeaders(language), ...(status === 503 && { 'Retry-After': '5' }) })
      .type('html')
      .send(deadLinkPage(language, why));
  }
}

function answerFor(thrown: unknown): [status: number, why: DeadLink] {
  switch (thrown instanceof MillraceError ? thrown.code : 'internal') {
    case 'link_expired':
      return [410, 'expired'];
    case 'unauthenticated':
    case 'not_found':
      return [404, 'unknown'];
    default:
      return [503, 'failed'];
  }
}
