const placeholder = '<secret>';
const secretHeaders = new Set([
  'authorization',
  'proxy-authorization',
  'cookie',
  'set-cookie',
  'x-api-key',
  'api-key',
  'x-auth-token',
]);
const secretFields =
  /("(?:access_token|refresh_token|id_token|client_secret|api_key|apiKey|password|accessToken|refreshToken)"\s*:\s*)"(?:[^"\\]|\\.)*"/g;
const secretParameters = /([?&](?:access_token|refresh_token|client_secret|api_key|apikey|password|token)=)[^&#]*/gi;

export interface Scrubber {
  text(text: string): string;
  headers(headers: Record<string, string>): Record<string, string>;
}

/** Takes secrets out of what is stored: the given values wherever they stand, well-known headers, fields and parameters. */
export function scrubber(secrets: string[]): Scrubber {
  const values = secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64(secret)])
    .sort((a, b) => b.length - a.length);
  const text = (given: string) =>
    values
      .reduce((result, value) => result.replaceAll(value, placeholder), given)
      .replace(secretFields, `$1"${placeholder}"`)
      .replace(secretParameters, `$1${placeholder}`);
  return {
    text,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, secretHeaders.has(name) ? placeholder : text(value)]),
      ),
  };
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
