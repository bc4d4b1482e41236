const placeholder = '<secret>';
const secretHeader = /auth|cookie|token|secret|session|api-?key/i;
/** As JSON and forms name them, with `_` or `-` between the words, or none. Not all that ends in a token: pages have some. */
const secretNames = [
  ...['token', 'access_token', 'refresh_token', 'id_token', 'auth_token', 'bearer_token', 'session_token', 'jwt'],
  ...['secret', 'client_secret', 'signing_secret', 'webhook_secret', 'shared_secret', 'app_secret', 'api_secret'],
  ...['password', 'passphrase', 'api_key', 'secret_key', 'private_key', 'session', 'session_id'],
];
const anySecret = secretNames.map((name) => name.replaceAll('_', '[_-]?')).join('|');
const secretFields = new RegExp(`("(?:${anySecret})"\\s*:\\s*)"((?:[^"\\\\]|\\\\.)*)"`, 'gi');
/** Of addresses and forms. The id of a client is none, but is made up in `config.json` as secrets are. */
const secretParameters = new RegExp(`((?:^|[?&])(?:${anySecret}|client_id)=)[^&#]*`, 'gi');

export interface Scrubber {
  text(text: string): string;
  headers(headers: Record<string, string>): Record<string, string>;
}

/** Takes secrets out of what is stored: the given values and those of well-known fields wherever they stand, well-known headers and parameters. */
export function scrubber(secrets: string[]): Scrubber {
  let values = formsOf(secrets);
  const learn = (found: string[]): void => {
    if (found.length > 0) values = [...new Set([...values, ...formsOf(found)])];
  };
  const text = (given: string) => {
    learn([...given.matchAll(secretFields)].flatMap(([, , value = '']) => (value.length < 8 ? [] : [value])));
    return values
      .toSorted((a, b) => b.length - a.length)
      .reduce((result, value) => result.replaceAll(value, placeholder), given)
      .replace(secretFields, `$1"${placeholder}"`)
      .replace(secretParameters, `$1${placeholder}`);
  };
  return {
    text,
    headers: (headers) =>
      Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, secretHeader.test(name) ? placeholder : text(value)]),
      ),
  };
}

function formsOf(secrets: string[]): string[] {
  return secrets
    .filter((secret) => secret !== '')
    .flatMap((secret) => [secret, encodeURIComponent(secret), JSON.stringify(secret).slice(1, -1), base64(secret)]);
}

function base64(text: string): string {
  return Buffer.from(text).toString('base64');
}
