import type { TimedCondition } from '@millrace/sdk';
import type { Figure } from './figures.ts';
import type { MeasuredRow, Tally } from './measure.ts';

export interface RowTallyOptions {
  where?: TimedCondition;
  /** Milliseconds. */
  within?: number;
  /** Milliseconds since 1970. */
  now: number;
}

/** Gives those rows to a figure that are meant at the time `now`, and notes when others would be. */
export function rowTally(figure: Figure, { where, within, now }: RowTallyOptions): Tally {
  let changesAt = Infinity;
  const isMeant = ({ at, row }: MeasuredRow): boolean => {
    if (where) {
      changesAt = Math.min(changesAt, where.changesAt(row, now));
      if (!where.holds(row, now)) return false;
    }
    if (within === undefined) return true;
    if (at === undefined || at < now - within) return false;
    changesAt = Math.min(changesAt, at > now ? at : at + within + 1);
    return at <= now;
  };
  return {
    add(row) {
      if (isMeant(row)) figure.add(row);
    },
    value: () => figure.value(),
    changesAt: () => changesAt,
  };
}
