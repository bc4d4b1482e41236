import { Observable } from 'rxjs';
import { isUnreachable, toProblem } from '../errors/index.ts';

/** Milliseconds between looks at most: after an outage the one that took so long says nothing of what the next one costs. */
const longestRest = 5_000;

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
 * That MongoDB is away for a while ends nothing. `interval` in milliseconds; where looking takes long it is looked less often, so that looking never
 * becomes work of its own.
 */
export function watching(see: () => Promise<Look>, interval: number): Observable<WatchMessage> {
  return new Observable<WatchMessage>((subscriber) => {
    let timer: NodeJS.Timeout | undefined;
    let last = '';
    const look = async (): Promise<void> => {
      const { data, ended } = await see();
      const text = JSON.stringify(data);
      if (text !== last) subscriber.next({ type: ended ? 'end' : 'progress', data });
      last = text;
      if (ended) subscriber.complete();
    };
    const again = async (): Promise<void> => {
      const began = performance.now();
      try {
        await look();
      } catch (error) {
        if (!isUnreachable(error)) return fail(error);
      }
      if (subscriber.closed) return; // also who has left while it was looked
      const rest = Math.min(5 * (performance.now() - began), longestRest);
      timer = setTimeout(() => void again(), Math.max(interval, rest));
    };
    const fail = (error: unknown): void => {
      const { code, detail = '' } = toProblem(error);
      subscriber.next({ type: 'error', data: { code, message: detail } });
      subscriber.complete();
    };
    void again();
    return () => clearTimeout(timer);
  });
}
