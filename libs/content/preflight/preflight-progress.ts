import { Injectable } from '@nestjs/common';
import { Observable } from 'rxjs';
import { messageOf } from '@millrace/sdk';
import { PreflightViews } from './preflight-views.ts';
import { Preflights } from './preflights.ts';

export interface PreflightMessage {
  type: 'progress' | 'end' | 'error';
  data: object;
}

const interval = 500;

/** Follows a preflight: a message whenever something changed, the last one when it has ended. */
@Injectable()
export class PreflightProgress {
  constructor(
    private readonly preflights: Preflights,
    private readonly views: PreflightViews,
  ) {}

  follow(id: string): Observable<PreflightMessage> {
    return new Observable<PreflightMessage>((subscriber) => {
      let timer: NodeJS.Timeout | undefined;
      let last = '';
      const look = async (): Promise<void> => {
        const data = await this.views.of(await this.preflights.get(id));
        const ended = data.endedAt !== null;
        const text = JSON.stringify(data);
        if (text !== last) subscriber.next({ type: ended ? 'end' : 'progress', data });
        last = text;
        if (ended) return subscriber.complete();
        timer = setTimeout(again, interval);
      };
      const again = (): void => {
        look().catch((error: unknown) => {
          subscriber.next({ type: 'error', data: { message: messageOf(error) } });
          subscriber.complete();
        });
      };
      again();
      return () => clearTimeout(timer);
    });
  }
}
