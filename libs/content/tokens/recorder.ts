import type { Json } from '@millrace/sdk';
import { insertFallback, isEmpty, textOf } from '../helpers/index.ts';
import type { TokenSite, TracedToken } from './token.ts';

/** Beyond these a mail's explanation would be longer than anybody reads. */
const mostTokens = 1000;
const longestValue = 500;

interface Scope {
  outer: unknown;
  /** The absolute path that each parameter stands for. */
  parameters: Map<string, string>;
}

/** Collects the tokens of one render. Objects are recognised by identity: JSON data is a tree, so each has one path. */
export class Recorder {
  readonly tokens: TracedToken[] = [];
  readonly #paths = new Map<object, string>();
  readonly #seen = new Set<string>();
  readonly #scopes = new Map<object, Scope>();
  readonly #pathAt: string[] = [];

  constructor(context: object) {
    this.#index(context, '');
  }

  /** A block begins: within it `inner` is what its caller sees (`outer`) and its parameters, some of which are tokens at known sites. */
  enter(inner: object, outer: unknown, slug: string, parameters: string[], sites: Record<string, number>): void {
    const paths = parameters.map((name) => {
      const site = Object.hasOwn(sites, name) ? sites[name] : undefined;
      return [name, (site !== undefined && this.#pathAt[site]) || `blocks.${slug}.${name}`] as const;
    });
    this.#scopes.set(inner, { outer, parameters: new Map(paths) });
  }

  record(number: number, site: TokenSite, value: unknown, base: unknown, fallback: unknown): void {
    const path = this.#resolve(base, site.tail) ?? site.written;
    this.#pathAt[number] = path;
    const key = `${site.line}:${site.column}:${path}`;
    if (this.tokens.length >= mostTokens || this.#seen.has(key)) return;
    this.#seen.add(key);
    const { written, line, column, use } = site;
    const missing = isEmpty(value);
    const instead = missing ? fallbackText(site, fallback) : null;
    this.tokens.push({ path, written, line, column, use, value: shown(value), missing, fallback: instead });
  }

  /** Undefined for an element that is no object: it has no identity. */
  #resolve(base: unknown, tail: readonly string[]): string | undefined {
    if (typeof base !== 'object' || base === null) return undefined;
    const scope = this.#scopes.get(base);
    if (scope) {
      const [head = '', ...rest] = tail;
      const parameter = scope.parameters.get(head);
      return parameter === undefined ? this.#resolve(scope.outer, tail) : [parameter, ...rest].join('.');
    }
    const start = this.#paths.get(base);
    if (start === undefined) return undefined;
    return [...(start === '' ? [] : [start]), ...tail].join('.') || 'this';
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
