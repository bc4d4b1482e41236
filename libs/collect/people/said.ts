/**
 * What was said about a person so far, by field: so that any number of messages are one source record, and any order of them, repeated or
 * late, comes to the same.
 */
export interface Said {
  traits: Record<string, SaidTrait>;
  /** By kind of identity, its values with the time at which each was last said. */
  ids: Record<string, Record<string, number>>;
  /** The time of the newest message, in milliseconds. */
  at: number;
}

/** Value, time in milliseconds, and what orders equal times: when it arrived, and where it stood. */
export type SaidTrait = [value: unknown, at: number, order: string];

/** One message about a person. */
export interface Saying {
  /** Names the person's record: `user:17`, `anonymous:…`. */
  who: string;
  at: number;
  order: string;
  traits: Record<string, unknown>;
  ids: Record<string, string[]>;
}

/** Values of one kind that are remembered; the newest. */
const mostIds = 12;

export const nothingSaid = (): Said => ({ traits: {}, ids: {}, at: 0 });

/** Of each field the newest value. The given ones stay as they are. */
export function addSaying(said: Said, { at, order, traits, ids }: Saying): Said {
  const merged: Said = { traits: { ...said.traits }, ids: { ...said.ids }, at: Math.max(said.at, at) };
  for (const [name, value] of Object.entries(traits)) {
    const known = Object.hasOwn(merged.traits, name) ? merged.traits[name] : undefined;
    if (!known || isNewer([value, at, order], known)) merged.traits[name] = [value, at, order];
  }
  for (const [kind, values] of Object.entries(ids)) {
    const known = Object.hasOwn(merged.ids, kind) ? merged.ids[kind] : undefined;
    const times = new Map(Object.entries(known ?? {}));
    for (const value of values) times.set(value, Math.max(times.get(value) ?? 0, at));
    merged.ids[kind] = newest(times);
  }
  return merged;
}

function isNewer([, at, order]: SaidTrait, [, knownAt, knownOrder]: SaidTrait): boolean {
  return at === knownAt ? order > knownOrder : at > knownAt;
}

/** An assignment would follow a setter, where an id is `__proto__`. */
function newest(times: ReadonlyMap<string, number>): Record<string, number> {
  if (times.size <= mostIds) return Object.fromEntries(times);
  const sorted = [...times].sort(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  return Object.fromEntries(sorted.slice(0, mostIds));
}
