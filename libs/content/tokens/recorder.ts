import type { Json } from '@millrace/sdk';
import { insertFallback, isEmpty, textOf } from '../helpers/index.ts';
import type { Branch, ConditionSite, TracedCondition } from './condition.ts';
import { openMark, otherMark } from './markers.ts';
import type { Trace } from './tracer.ts';
import type { TokenSite, TracedToken } from './token.ts';

/** Beyond these a mail's explanation would be longer than anybody reads. As many again may be the first of their place: what stands behind a long loop is told, too. */
const mostTokens = 1000;
const mostConditions = 500;
const longestValue = 500;

interface BlockScope {
  outer: unknown;
  /** The absolute path that each parameter stands for. */
  parameters: Map<string, string>;
}

interface OpenCondition {
  condition: TracedCondition;
  key: string;
  /** The index of the one that was first told with this key; absent where the list is full. */
  told: number | undefined;
}

/**
 * Collects the tokens and conditions of one render. Objects are recognised by identity: JSON data is a tree, so each has one path. What a
 * mark in the output is about: tokens by their position in `tokens`, conditions by theirs in `conditions` behind all of those.
 */
export class Recorder implements Trace {
  readonly tokens: TracedToken[] = [];
  readonly conditions: TracedCondition[] = [];
  readonly #paths = new Map<object, string>();
  readonly #known = new Map<string, number>();
  /** The newest tokens, those of the tag that is about to be rendered last. */
  readonly #newest: TracedToken[] = [];
  readonly #open = new Map<ConditionSite, OpenCondition>();
  readonly #scopes = new Map<object, BlockScope>();
  /** By the number of the site: the path of the token that was met there last. */
  readonly #pathAt: string[] = [];

  constructor(context: object) {
    this.#index(context, '');
  }

  enter(inner: object, outer: unknown, slug: string, parameters: string[], sites: Record<string, number>): void {
    const paths = parameters.map((name) => {
      const site = Object.hasOwn(sites, name) ? sites[name] : undefined;
      return [name, (site !== undefined && this.#pathAt[site]) || `blocks.${slug}.${name}`] as const;
    });
    this.#scopes.set(inner, { outer, parameters: new Map(paths) });
  }

  token(number: number, site: TokenSite, value: unknown, base: unknown, fallback: unknown, insteadOf: unknown): string {
    const path = this.#resolve(base, site.tail) ?? site.written;
    const most = this.#pathAt[number] === undefined ? 2 * mostTokens : mostTokens;
    this.#pathAt[number] = path;
    const missing = isEmpty(value);
    const { written, line, column, endLine, endColumn, use } = site;
    const place = { written, line, column, endLine, endColumn };
    const instead = missing ? (shownText(insteadOf) ?? fallbackText(site, fallback)) : null;
    const token: TracedToken = { path, ...place, use, value: shown(value), missing, fallback: instead };
    this.#newest.push(token);
    if (this.#newest.length > 2 * mostArguments) this.#newest.splice(0, mostArguments);
    // Elements that are texts, and what helpers make, have no path of their own: they differ by what they say.
    const key = `${line}:${column}:${path}:${missing}:${textOf(token.value)}`;
    return openMark(numberIn(this.#known, this.tokens, key, token, most));
  }

  condition(_number: number, site: ConditionSite, tokens: number): string {
    const values = tokens === 0 ? [] : this.#newest.slice(-tokens);
    const { branches: _, silent: _silent, ...place } = site;
    const condition: TracedCondition = {
      ...place,
      chosen: 'nothing',
      times: 0,
      values: values.map(({ path, written, value, missing }) => ({ path, written, value, missing })),
    };
    const key = `condition ${site.line}:${site.column}:${JSON.stringify(condition.values)}`;
    const most = this.#open.has(site) ? mostConditions : 2 * mostConditions;
    const told = numberIn(this.#known, this.conditions, key, condition, most);
    this.#open.set(site, { condition, key, told });
    return openMark(told === undefined ? undefined : conditionMark(told));
  }

  branch(_number: number, site: ConditionSite, branch: Branch): string {
    const condition = this.#open.get(site)?.condition;
    if (condition) {
      condition.chosen = branch;
      condition.times += 1;
    }
    return '';
  }

  /** What saw the same may have chosen otherwise, by `@first` for instance: that is told as another. */
  chosen(_number: number, site: ConditionSite): string {
    const { condition, key, told } = this.#open.get(site) ?? {};
    const first = told === undefined ? undefined : this.conditions[told];
    if (!condition || !first || first === condition) return '';
    if (first.chosen === condition.chosen) {
      first.times += condition.times;
      return '';
    }
    const other = numberIn(this.#known, this.conditions, `${key} ${condition.chosen}`, condition, mostConditions);
    const known = other === undefined ? undefined : this.conditions[other];
    if (known && known !== condition) known.times += condition.times;
    return otherMark(other === undefined ? undefined : conditionMark(other));
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

/** Tokens that one tag is remembered to have at most, for its condition. */
const mostArguments = 50;

/** The number by which a condition is marked in the output; tokens come before. */
export function conditionMark(index: number): number {
  return 2 * mostTokens + index;
}

/** The index of what has this key; undefined when it is new and the list is full. */
function numberIn<T>(known: Map<string, number>, list: T[], key: string, entry: T, most: number): number | undefined {
  const before = known.get(key);
  if (before !== undefined) return before;
  if (list.length >= most) return undefined;
  known.set(key, list.length);
  return list.push(entry) - 1;
}

function fallbackText({ fallback: kind }: TokenSite, fallback: unknown): string | null {
  if (kind === undefined || isEmpty(fallback)) return null;
  if (kind === 'sendgrid') return insertFallback(fallback);
  return textOf(fallback);
}

function shownText(value: unknown): string | null {
  return isEmpty(value) ? null : textOf(value);
}

function shown(value: unknown): Json {
  if (value === undefined || value === null) return null;
  if (Array.isArray(value)) return `[${value.length} ${value.length === 1 ? 'element' : 'elements'}]`;
  if (typeof value === 'object') return '{…}';
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  const text = textOf(value);
  return text.length > longestValue ? `${text.slice(0, longestValue)}…` : text;
}
