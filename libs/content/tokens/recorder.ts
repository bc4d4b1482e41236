import type { Json } from '@millrace/sdk';
import { insertFallback, isEmpty, textOf } from '../helpers/index.ts';
import type { TokenSite, TracedToken } from './token.ts';

/** Beyond these a mail's explanation would be longer than anybody reads. */
const mostTokens = 1000;
const longestValue = 500;

/** Collects the tokens of one render. Objects are recognised by identity: JSON data is a tree, so each has one path. */
export class Recorder {
  readonly tokens: TracedToken[] = [];
  readonly #paths = new Map<object, string>();
  readonly #seen = new Set<string>();

  constructor(context: object) {
    this.#index(context, '');
  }

  record(site: TokenSite, value: unknown, base: unknown, fallback: unknown): void {
    const path = this.#pathOf(site, base);
    const key = `${site.line}:${site.column}:${path}`;
    if (this.tokens.length >= mostTokens || this.#seen.has(key)) return;
    this.#seen.add(key);
    const { written, line, column, use } = site;
    const missing = isEmpty(value);
    const instead = missing ? fallbackText(site, fallback) : null;
    this.tokens.push({ path, written, line, column, use, value: shown(value), missing, fallback: instead });
  }

  #pathOf(site: TokenSite, base: unknown): string {
    const start = typeof base === 'object' && base !== null ? this.#paths.get(base) : undefined;
    if (start === undefined) return site.written; // an element that is no object has no identity
    return [...(start === '' ? [] : [start]), ...site.tail].join('.') || 'this';
  }

  #index(root: object, path: string): void {
    const waiting: [object, string][] = [[root, path]];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const [node, at] = next;
      this.#paths.set(node, at);
      for (const [key, child] of Object.entries(node) as [string, unknown][]) {
        if (typeof child === 'object' && child !== null) waiting.push([child, at === '' ? key : `${at}.${key}`]);
      }
    }
  }
}

function fallbackText({ fallback: kind }: TokenSite, fallback: unknown): string | null {
  if (kind === undefined || isEmpty(fallback)) return null;
  if (kind === 'sendgrid') return insertFallback(fallback);
  return textOf(fallback);
}

function shown(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return `[${value.length} ${value.length === 1 ? 'element' : 'elements'}]`;
  if (typeof value === 'object') return '{…}';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = textOf(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
