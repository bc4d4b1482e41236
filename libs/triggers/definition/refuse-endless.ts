import { MillraceError } from '@millrace/sdk';

/** A sync that follows an endless stream runs all the time: what waits for its next run waits for ever. Throws `bad_request`. */
export function refuseEndless({ name, read }: { name: string; read: string }): void {
  if (read !== 'stream') return;
  throw new MillraceError(
    'bad_request',
    `The sync "${name}" follows a stream without an end: it runs all the time, so nothing starts it. Name one that ends.`,
  );
}
