import { rawCharacters } from './limits.ts';

/** As much of a row that is no record as is kept. */
export function boundedRaw(raw: unknown): unknown {
  return typeof raw === 'string' && raw.length > rawCharacters ? `${raw.slice(0, rawCharacters)}…` : raw;
}
