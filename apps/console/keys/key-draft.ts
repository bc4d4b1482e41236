import type { Role } from '../api/index.ts';

/** A key as one fills it in. */
export interface KeyDraft {
  name: string;
  role: Role;
  /** Days for which it is good; empty: until it is revoked. */
  days: string;
}

/** A role that reads: whoever needs more says so. */
export const newKey: KeyDraft = { name: '', role: 'viewer', days: '365' };

export const lifetimes: readonly (readonly [days: string, title: string])[] = [
  ['7', 'for a week'],
  ['30', 'for 30 days'],
  ['90', 'for 90 days'],
  ['365', 'for a year'],
  ['', 'until it is revoked'],
];

const day = 86_400_000;

/** As the API takes it. It ends with a whole day (UTC), so that the same form says the same when it is sent again. */
export function bodyOf({ name, role, days }: KeyDraft, now: number): object {
  const end = (Math.floor(now / day) + 1 + Number(days)) * day;
  return { name: name.trim(), role, ...(days !== '' && { expiresAt: new Date(end).toISOString() }) };
}
