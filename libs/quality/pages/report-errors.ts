import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { FailureLog, Log } from '#platform';
import { reportHeaders, reportPage } from './report-page.ts';

/** Errors for people with a browser: a page instead of problem+json. */
@Injectable()
@Catch()
export class ReportErrors implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'A report could not be shown');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const response = host.switchToHttp().getResponse<Response>();
    const { status, title, text } = noticeFor(thrown instanceof MillraceError ? thrown.code : 'internal');
    if (status >= 500) this.#failures.tell(thrown);
    response
      .status(status)
      .set(reportHeaders())
      .type('html')
      .send(reportPage(title, text, []));
  }
}

function noticeFor(code: string): { status: number; title: string; text: string } {
  switch (code) {
    case 'link_expired':
      return {
        status: 410,
        title: 'This link has expired',
        text: 'Links to reports work for 15 minutes. Ask for the report again for a new link.',
      };
    case 'unauthenticated':
    case 'not_found':
      return {
        status: 404,
        title: 'There is no such report',
        text: 'The link is not complete, or it was changed on its way. Copy it whole, or ask for the report again.',
      };
    default:
      return {
        status: 500,
        title: 'The report cannot be shown',
        text: 'Something failed on our side. Try it again in a moment.',
      };
  }
}
