import { Observable } from 'rxjs';
import { messageOf } from '@millrace/sdk';

/** How something is at the moment. */
export interface Look {
  data: object;
  /** It changes no more. */
  ended: boolean;
}

export interface WatchMessage {
  type: 'progress' | 'end' | 'error';
  data: object;
}

/**
 * For server-sent events: looks again and again, and tells what it saw whenever that changed; the last message when it has ended, or could not be seen.
 * `interval` in milliseconds; where looking takes long it is looked less often, so that looking never becomes work of its own.
 */
export function watching(see: () => Promise<Look>, interval: number): Observable<WatchMessage> {
  return new Observable<WatchMessage>((subscriber) => {
    let timer: NodeJS.Timeout | undefined;
    let last = '';
    const look = async (): Promise<void> => {
      const began = performance.now();
      const { data, ended } = await see();
      const text = JSON.stringify(data);
      if (text !== last) subscriber.next({ type: ended ? 'end' : 'progress', data });
      last = text;
      if (ended) return subscriber.complete();
      timer = setTimeout(again, Math.max(interval, 5 * (performance.now() - began)));
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
