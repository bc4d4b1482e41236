import type { Log } from '../log/index.ts';

/**
 * Says in the log what error nobody handled, and ends the process with code 1, as Node would: what it has left undone is not known, so going on is
 * not safe, while another process takes up whatever this one held. `on` is the process.
 */
export function endOnUnhandled(log: Log, on: Pick<NodeJS.Process, 'on' | 'exit'> = process): void {
  on.on('uncaughtException', (error: unknown, origin) => {
    log.error(
      { error, origin },
      'Nobody handled an error, so this process ends; its work goes on elsewhere. The stack tells where it came from: most likely a promise of a connector that is not awaited',
    );
    on.exit(1);
  });
}
