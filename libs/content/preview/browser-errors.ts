import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { FailureLog, Log } from '#platform';
import { sendNotice, type Notice } from './page/index.ts';

/** Errors for people with a browser: a page instead of problem+json. */
@Injectable()
@Catch()
export class BrowserErrors implements ExceptionFilter {
  readonly #failures: FailureLog;

  constructor(log: Log) {
    this.#failures = new FailureLog(log, 'A preview could not be shown');
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    const notice = noticeFor(thrown instanceof MillraceError ? thrown.code : 'internal');
    if (notice.status >= 500) this.#failures.tell(thrown);
    sendNotice(host, notice);
  }
}

function noticeFor(code: string): Notice {
  switch (code) {
    case 'link_expired':
      return {
        status: 410,
        title: 'This preview has expired',
        text: 'Links to previews work for 15 minutes, because they show what people have told us. Make the preview again for a new link.',
      };
    case 'unauthenticated':
      return {
        status: 404,
        title: 'There is no such preview',
        text: 'The link is not complete, or it was changed on its way. Copy it whole, or make the preview again.',
      };
    default:
      return {
        status: 500,
        title: 'The preview cannot be shown',
        text: 'Something failed on our side. Make the preview again in a moment.',
      };
  }
}
