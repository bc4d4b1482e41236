import { MillraceError } from '@millrace/sdk';

/** Something that is wrong with a configuration, and where. */
export interface Fault {
  /** `file:line:column` */
  place: string;
  message: string;
}

/** Throws one error that tells all of them, so that nobody has to mend one to see the next. */
export function refuse(faults: Fault[]): void {
  if (faults.length === 0) return;
  const lines = faults.map(({ place, message }) => `${place} ${message}`).sort();
  throw new MillraceError('bad_request', [...lines, 'Nothing was changed.'].join('\n'), { details: { faults: lines } });
}
