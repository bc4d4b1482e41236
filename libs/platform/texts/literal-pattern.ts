/** The source of a regular expression that finds just this text, whatever signs it has. */
export function literalPattern(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
