/** Where each name stands: `['a', 'b', 'a']` gives a → [0, 2], b → [1]. Names that are undefined are left out. */
export function indexesBy(names: readonly (string | undefined)[]): Map<string, number[]> {
  const indexes = new Map<string, number[]>();
  names.forEach((name, index) => {
    if (name === undefined) return;
    const known = indexes.get(name);
    if (known) known.push(index);
    else indexes.set(name, [index]);
  });
  return indexes;
}
