import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { Request, Response } from 'express';
import { FailureLog, Log, toProblem } from '#platform';
import { languageOf } from './language-of.ts';
import { preferenceHeaders, preferenceNotice } from './preference-page.ts';
import { texts, type PreferenceTexts } from './preference-texts.ts';

type Notice = 'expired' | 'unknown' | 'busy' | ('failed' & keyof PreferenceTexts);

/** Errors for people with a browser: kind words instead of problem+json. */
@Injectable()
@Catch()
export class LinkErrors implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'The preference page failed');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    const language = languageOf(http.getRequest<Request>());
    const [status, notice, wait] = answerFor(toProblem(thrown).code);
    if (status >= 500) this.#failures.tell(thrown);
    http
      .getResponse<Response>()
      .status(status)
      .set({ ...preferenceHeaders(language), ...(wait !== undefined && { 'Retry-After': wait }) })
      .type('html')
      .send(preferenceNotice(language, texts[language][notice]));
  }
}

/** `wait`: seconds after which it may go. */
function answerFor(code: string): [status: number, notice: Notice, wait?: string] {
  switch (code) {
    case 'link_expired':
      return [410, 'expired'];
    case 'unauthenticated':
      return [404, 'unknown'];
    case 'bad_request':
    case 'payload_too_large':
      return [400, 'failed'];
    case 'rate_limited':
      return [429, 'busy', '60'];
    case 'service_unavailable':
      return [503, 'failed', '5'];
    default:
      return [500, 'failed'];
  }
}
