import type { PushRow } from '@millrace/sdk';

/** ISO time of a row's change, where the source tells it. */
export function toldTime({ at, undated }: Pick<PushRow, 'at' | 'undated'>): string | undefined {
  return undated ? undefined : at;
}
