import { redactText } from '../log/index.ts';

const mostCharacters = 200;
const mostRead = 4000;

/** The part of an error's answer that tells a person something: at most 200 characters, without secrets, addresses and mark-up. */
export function remoteText(data: unknown, secrets: readonly string[]): string {
  const text = Buffer.isBuffer(data) ? data.toString('utf8') : typeof data === 'string' ? data : '';
  const said =
    messageIn(parsed(text))?.slice(0, mostRead) ??
    text.slice(0, mostRead).replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  const clean = redactText(said, secrets)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  return clean.length > mostCharacters ? `${clean.slice(0, mostCharacters - 1)}…` : clean;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text.replace(/^\ufeff/, ''));
  } catch {
    return undefined; // not JSON: shown as it is
  }
}

/** Where APIs commonly put the sentence for people. */
function messageIn(body: unknown, depth = 0): string | undefined {
  if (typeof body === 'string') return depth > 0 ? body : undefined;
  if (typeof body !== 'object' || body === null || depth > 3) return undefined;
  if (Array.isArray(body)) return messageIn(body[0], depth + 1);
  const fields = body as Record<string, unknown>;
  for (const name of ['message', 'detail', 'error_description', 'error', 'errors', 'title', 'reason']) {
    const found = messageIn(fields[name], depth + 1);
    if (found !== undefined && found !== '') return found;
  }
  return undefined;
}
