const few = 24;

/** The keys of an object in the order of their code units. For few keys, as rows have, without what `sort` allocates. */
export function sortedKeys(value: object): string[] {
  const keys = Object.keys(value);
  if (keys.length > few) return keys.sort();
  for (let at = 1; at < keys.length; at++) {
    const key = keys[at] as string;
    let place = at;
    for (; place > 0 && (keys[place - 1] as string) > key; place--) keys[place] = keys[place - 1] as string;
    keys[place] = key;
  }
  return keys;
}
