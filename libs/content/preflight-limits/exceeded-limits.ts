import type { LimitName, PreflightLimits } from './limits.ts';

/** What a preflight counted, as far as limits are about it. */
export interface JudgedCounts {
  people: number;
  composed: number;
  /** People whose mail cannot be composed. */
  errors: number;
  blanks: number;
  fallbacks: number;
  /** Mails whose size was measured, and those of them that are too large. */
  measured: number;
  oversize: number;
  /** People who would be sent the mail. */
  sendable: number;
}

/** A limit, and what was found beyond it. */
export interface ExceededLimit {
  limit: LimitName;
  /** A share, or of `minimumPeople` a number. */
  allowed: number;
  found: number;
}

/** None: the preflight has passed. */
export function exceededLimits(counts: JudgedCounts, limits: PreflightLimits): ExceededLimit[] {
  const found: Record<Exclude<LimitName, 'minimumPeople'>, number> = {
    errors: share(counts.errors, counts.people),
    blanks: share(counts.blanks, counts.composed),
    fallbacks: share(counts.fallbacks, counts.composed),
    oversize: share(counts.oversize, counts.measured),
  };
  const shares = (Object.keys(found) as (keyof typeof found)[])
    .map((limit): ExceededLimit => ({ limit, allowed: limits[limit], found: found[limit] }))
    .filter(({ allowed, found: is }) => is > allowed);
  if (counts.sendable >= limits.minimumPeople) return shares;
  return [...shares, { limit: 'minimumPeople', allowed: limits.minimumPeople, found: counts.sendable }];
}

function share(part: number, all: number): number {
  return all === 0 ? 0 : part / all;
}
