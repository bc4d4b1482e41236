/** A list as one line; what would not come back as it was stands in quotes: `shop, "a, b"`. */
export function listText(list: readonly string[]): string {
  return list.map((item) => (/^\s|[",]|\s$|^$/.test(item) ? JSON.stringify(item) : item)).join(', ');
}

export function listIn(text: string): string[] {
  const parts = text.match(/\s*"(?:[^"\\]|\\.)*"\s*(?=,|$)|[^,]+/g) ?? [];
  return parts.map((part) => unquoted(part.trim())).filter((item) => item !== undefined);
}

function unquoted(part: string): string | undefined {
  if (!/^".*"$/.test(part)) return part === '' ? undefined : part;
  try {
    return JSON.parse(part) as string;
  } catch {
    return part;
  }
}
