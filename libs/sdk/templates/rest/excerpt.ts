import type { HttpClient } from '../../connector/index.ts';

const mostCharacters = 120;
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}.-]+/gu;
/** Keys and tokens: long, and with a digit, which words lack. */
const token = /(?=[\w.~+/=-]*\d)[\w.~+/=-]{24,}/g;

/** The beginning of an answer for an error message, without mark-up, addresses and anything that looks like a credential. */
export function excerpt(text: string, http: HttpClient): string {
  let clean = text.slice(0, 4000).replace(/<(style|script)[\s\S]*?<\/\1>|<[^>]*>/gi, ' ');
  for (const secret of credentialsOf(http)) clean = clean.replaceAll(secret, '[redacted]');
  clean = clean
    .replace(email, '[email]')
    .replace(token, '[redacted]')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
  if (clean === '') return text.trim() === '' ? 'nothing' : 'a page without text';
  return `"${clean.length > mostCharacters ? `${clean.slice(0, mostCharacters - 1)}…` : clean}"`;
}

function credentialsOf({ defaults }: HttpClient): string[] {
  const headers = Object.values(defaults.headers).filter((value) => typeof value === 'string');
  const bare = headers.map((value) => value.replace(/^\w+\s+/, ''));
  const params = Object.values((defaults.params ?? {}) as Record<string, unknown>).map(String);
  return [...headers, ...bare, ...params, defaults.auth?.password ?? ''].filter((value) => value.length >= 6);
}
