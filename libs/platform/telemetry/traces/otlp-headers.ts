/** Reads `name=value,other=value`, with percent-encoded values, as OpenTelemetry writes headers into one variable. */
export function parseOtlpHeaders(text: string): Record<string, string> {
  const pairs = text.split(',').map((pair) => {
    const [name = '', ...value] = pair.split('=');
    return [name.trim(), decoded(value.join('=').trim())] as const;
  });
  return Object.fromEntries(pairs);
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value; // a bare % in a key that nobody encoded
  }
}
