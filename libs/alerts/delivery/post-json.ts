import type { Readable } from 'node:stream';
import type { Network } from '#platform';
import { redactText } from '#platform';
import { sendingTime } from './outgoing.ts';

const shownText = 200;
/** What is read of an answer: more than is shown, so that no secret in it is cut in two and missed. */
const readBytes = 4_000;
/** Milliseconds that the other side has to say something once it has taken the message. */
const patience = 1_000;

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
  const text = redactText((await firstWords(data)).trim()).slice(0, shownText);
  return `${new URL(url).host} answered ${status} ${statusText}${text ? `: ${text}` : '.'}`;
}

async function firstWords(answer: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  const timer = setTimeout(() => answer.destroy(), patience);
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      bytes += chunk.length;
      if (bytes >= readBytes) break;
    }
  } catch {
    // It fell silent or broke off: it has taken the message all the same, and would get it twice if this were a failure.
  } finally {
    clearTimeout(timer);
  }
  return Buffer.concat(chunks).toString('utf8');
}
