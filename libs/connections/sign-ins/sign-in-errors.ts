import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import type { Response } from 'express';
import { FailureLog, Log, noticePage, pageHeaders } from '#platform';

/** Errors for whoever comes back from a vendor's page: a page instead of problem+json. */
@Injectable()
@Catch()
export class SignInErrors implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'A sign-in failed');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const { status, title, text } = noticeFor(thrown);
    if (status >= 500) this.#failures.tell(thrown);
    host
      .switchToHttp()
      .getResponse<Response>()
      .status(status)
      .set(pageHeaders())
      .type('html')
      .send(noticePage(title, text));
  }
}

function noticeFor(thrown: unknown): { status: number; title: string; text: string } {
  if (!(thrown instanceof MillraceError) || thrown.code === 'internal')
    return {
      status: 500,
      title: 'The sign-in failed',
      text: 'Something failed on our side. Ask for a new link in a moment.',
    };
  if (thrown.code === 'link_expired')
    return {
      status: 410,
      title: 'This sign-in is over',
      text: 'Links to sign in are good for ten minutes, and once. Ask whoever gave it to you for a new one.',
    };
  return { status: thrown.status, title: 'Nobody is signed in', text: thrown.message };
}
