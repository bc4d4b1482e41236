import type { StoredProfile } from '../store/index.ts';

type Splittable = Pick<StoredProfile, '_id' | 'absorbed' | 'apart'>;

/** Whether two profiles were split, themselves or those that they absorbed: no row may join them again. */
export function areApart(x: Splittable, y: Splittable): boolean {
  return isOneOf(x.apart, y) || isOneOf(y.apart, x);
}

/** Whether any two of them were split. */
export function anyApart(profiles: readonly Splittable[]): boolean {
  return profiles.some((x, index) => x.apart && profiles.some((y, other) => other !== index && areApart(x, y)));
}

/** Who may never be joined with what becomes of these profiles. */
export function apartOf(profiles: readonly Splittable[]): Pick<StoredProfile, 'apart'> {
  if (!profiles.some(({ apart }) => apart)) return {};
  return { apart: [...new Set(profiles.flatMap(({ apart = [] }) => apart))].sort() };
}

function isOneOf(ids: readonly string[] | undefined, { _id, absorbed = [] }: Splittable): boolean {
  return ids !== undefined && (ids.includes(_id) || absorbed.some((id) => ids.includes(id)));
}
