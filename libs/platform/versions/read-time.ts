import { MillraceError } from '@millrace/sdk';

const day = 86_400_000;

/** Milliseconds of an ISO time. Throws `invalid_row` for what is no time, or lies in the future and would win for ever. */
export function readTime(at: string): number {
  const time = Date.parse(at);
  if (Number.isNaN(time))
    throw new MillraceError(
      'invalid_row',
      `The time of the change, "${at.slice(0, 40)}", is not an ISO time. Choose another cursor.`,
    );
  if (time <= Date.now() + day) return time;
  throw new MillraceError(
    'invalid_row',
    `The time of the change, ${at.slice(0, 40)}, lies in the future. Correct it in the source, or choose another cursor.`,
  );
}
