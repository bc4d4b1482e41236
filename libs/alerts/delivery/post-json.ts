import type { Readable } from 'node:stream';
import { firstBytes, redactText, type Network } from '#platform';
import { sendingTime } from './outgoing.ts';

const shownText = 200;

/** Posts once, without following redirects; what the other side said. Throws unless it answers 2xx. */
export async function postJson(
  network: Network,
  url: string,
  body: string,
  headers: Record<string, string> = {},
): Promise<string> {
  const http = network.http({ timeout: sendingTime, retries: 0 });
  const { status, statusText, data } = await http.post<Readable>(url, Buffer.from(body), {
    headers: { ...headers, 'content-type': 'application/json' },
    responseType: 'stream',
    maxRedirects: 0,
  });
  const said = (await firstBytes(data)).toString('utf8');
  const text = redactText(said.trim()).slice(0, shownText);
  return `${new URL(url).host} answered ${status} ${statusText}${text ? `: ${text}` : '.'}`;
}
