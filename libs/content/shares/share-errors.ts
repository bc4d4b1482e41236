import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { FailureLog, Log } from '#platform';
import { sendNotice, type Notice } from '../preview/index.ts';

/** Errors for whoever was given a link: a page instead of problem+json. */
@Injectable()
@Catch()
export class ShareErrors implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'A shared mail could not be shown');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const notice = noticeFor(thrown instanceof MillraceError ? thrown.code : 'internal');
    if (notice.status >= 500) this.#failures.tell(thrown);
    sendNotice(host, notice);
  }
}

const ask = 'Ask whoever gave it to you for a new one.';

function noticeFor(code: string): Notice {
  switch (code) {
    case 'link_expired':
      return { status: 410, title: 'This link has expired', text: `Shared links work for some days only. ${ask}` };
    case 'link_revoked':
      return { status: 410, title: 'This link was taken back', text: `Whoever shared the mail ended it. ${ask}` };
    case 'person_erased':
      return {
        status: 410,
        title: 'This mail is gone',
        text: 'The data that it showed was erased on request, and the mail with it.',
      };
    case 'unauthenticated':
      return {
        status: 404,
        title: 'There is no such link',
        text: `The link is not complete, or it was changed on its way. Copy it whole. ${ask}`,
      };
    default:
      return {
        status: 500,
        title: 'The mail cannot be shown',
        text: 'Something failed on our side. Open the link again in a moment.',
      };
  }
}
