import { contentHash, refuseStale } from '#platform';
import { saidLimits, type GivenLimits } from '../preflight-limits/index.ts';
import type { StoredTemplate } from './template.schema.ts';

/** By its revision, and by its limits' own edition where those that are given name it. */
export function refuseStaleDraft(known: StoredTemplate, madeFrom: number | undefined, limits?: GivenLimits): void {
  refuseStale('template', known, madeFrom);
  refuseStale('set of limits', { edition: limitsEdition(known) }, limits?.edition);
}

/** Counts how often the limits were set, by whatever route. */
export function limitsEdition({ limitsSet = 0 }: Pick<StoredTemplate, 'limitsSet'>): number {
  return limitsSet + 1;
}

/** Whether these are others. None (`{}`) are some, too; absent, they stay. */
export function setsLimits({ preflight }: Pick<StoredTemplate, 'preflight'>, given: GivenLimits | undefined): boolean {
  return given !== undefined && contentHash(saidLimits(given) ?? {}) !== contentHash(preflight ?? {});
}
