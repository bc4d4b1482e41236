import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Request, Response } from 'express';
import { FailureLog, Log } from '#platform';
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
    const [status, notice] = answerFor(thrown instanceof MillraceError ? thrown.code : 'internal');
    if (status >= 500) this.#failures.tell(thrown);
    http
      .getResponse<Response>()
      .status(status)
      .set({ ...preferenceHeaders(language), ...(status === 429 && { 'Retry-After': '60' }) })
      .type('html')
      .send(preferenceNotice(language, texts[language][notice]));
  }
}

function answerFor(code: string): [number, Notice] {
  switch (code) {
    case 'link_expired':
      return [410, 'expired'];
    case 'unauthenticated':
      return [404, 'unknown'];
    case 'bad_request':
    case 'payload_too_large':
      return [400, 'failed'];
    case 'rate_limited':
      return [429, 'busy'];
    default:
      return [500, 'failed'];
  }
}
