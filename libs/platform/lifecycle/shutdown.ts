import type { Log } from '../log/index.ts';

interface Closable {
  close(): Promise<void>;
}

export interface ShutdownOptions {
  /** Milliseconds that closing may take (default 20,000). */
  deadlineMs?: number;
  /** Closes it, too, when it resolves with a reason. */
  when?: Promise<string>;
  /** Where the signals come from and the exit code goes: the process. */
  on?: Pick<NodeJS.Process, 'once' | 'exit' | 'removeListener'>;
}

/**
 * Closes the app on SIGTERM or SIGINT and ends the process: code 0 when all ended well, 1 when closing failed or took longer than the
 * deadline (what was cut off goes on elsewhere: leases run out). A second signal ends at once. Returns how to stop listening.
 */
export function shutdownOnSignals(
  app: Closable,
  log: Log,
  { deadlineMs = 20_000, when, on = process }: ShutdownOptions = {},
): () => void {
  let closing = false;
  const close = (why: string) => {
    if (closing) return on.exit(1);
    closing = true;
    on.once('SIGINT', close).once('SIGTERM', close);
    log.info({ why }, 'Shutting down: finishing what is under way');
    const deadline = setTimeout(() => {
      log.error({ deadlineMs }, 'Shutting down took too long: ending now');
      on.exit(1);
    }, deadlineMs);
    app.close().then(
      () => {
        clearTimeout(deadline);
        on.exit(0);
      },
      (error: unknown) => {
        clearTimeout(deadline);
        log.error({ error }, 'Shutting down failed');
        on.exit(1);
      },
    );
  };
  on.once('SIGINT', close).once('SIGTERM', close);
  void when?.then((why) => closing || close(why));
  return () => {
    on.removeListener('SIGINT', close);
    on.removeListener('SIGTERM', close);
  };
}
