/** A list as one line; what would not come back as it was stands in quotes: `shop, "a, b"`. */
export function listText(list: readonly string[]): string {
  return list.map((item) => (/^\s|[",]|\s$|^$/.test(item) ? JSON.stringify(item) : item)).join(', ');
}

export function listIn(text: string): string[] {
  return partsIn(text).map(unquoted);
}

/** The items of a list as they are written: with their quotes. */
export function partsIn(text: string): string[] {
  const parts = text.match(/\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)|[^,]+/g) ?? [];
  return parts.map((part) => part.trim()).filter((part) => part !== '');
}

export const isQuoted = (part: string): boolean => /^".*"$/.test(part);

export function unquoted(part: string): string {
  if (!isQuoted(part)) return part;
  try {
    return JSON.parse(part) as string;
  } catch {
    return part;
  }
}
