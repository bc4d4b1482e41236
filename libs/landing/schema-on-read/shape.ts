const longest = 40;

/** How a value looks, without telling it: letters become x and X, digits 9. Numbers and truth values show their kind only. */
export function shapeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return undefined;
  const shape = value
    .slice(0, longest)
    .replace(/\p{Nd}/gu, '9')
    .replace(/\p{Lu}/gu, 'X')
    .replace(/[\p{L}\p{M}]/gu, 'x');
  return value.length > longest ? `${shape}…` : shape;
}
