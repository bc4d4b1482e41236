import { setTimeout as sleep } from 'node:timers/promises';
import type { GenericAbortSignal } from 'axios';

type Signal = AbortSignal | GenericAbortSignal | undefined;

/** A controller that ends with any of the signals. `unlink` lets go of them: signals of a run outlive its requests. */
export function linked(signals: Signal[]): { controller: AbortController; unlink: () => void } {
  const controller = new AbortController();
  const links = signals.flatMap((signal) => {
    if (!signal) return [];
    const abort = () => controller.abort(reasonOf(signal));
    if (signal.aborted) abort();
    void signal.addEventListener?.('abort', abort);
    return [
      () => {
        signal.removeEventListener?.('abort', abort);
      },
    ];
  });
  return { controller, unlink: () => links.forEach((unlink) => unlink()) };
}

/** Waits, but no longer than until the signal ends; throws its reason then. */
export async function wait(ms: number, signal: AbortSignal): Promise<void> {
  throwIfAborted(signal);
  await sleep(ms, undefined, { signal }).catch(() => throwIfAborted(signal));
}

export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw reasonOf(signal);
}

function reasonOf(signal: AbortSignal | GenericAbortSignal): Error {
  const reason: unknown = 'reason' in signal ? signal.reason : undefined;
  return reason instanceof Error ? reason : new DOMException('The request was cancelled', 'AbortError');
}
