import { MillraceError } from '@millrace/sdk';
import type { Problem } from './problem.ts';

/** Seconds until a service that went away is mostly back: a primary has been elected, a container has started. */
const untilServicesAreBack = 5;

/** Seconds after which a client may come again, for `Retry-After`; undefined where nothing says that it would be another answer then. */
export function retryAfterOf(thrown: unknown, { status }: Pick<Problem, 'status'>): number | undefined {
  const known = thrown instanceof MillraceError ? thrown : undefined;
  if (known?.retryAfter !== undefined) return Math.ceil(known.retryAfter / 1_000);
  return status === 503 && known?.retryable !== false ? untilServicesAreBack : undefined;
}
