import { reservedNames } from '../compose/index.ts';
import type { Outline } from '../tokens/index.ts';

/**
 * What a template uses of people, in the words of the profile store: `trait:city`, `trait:address.zip`, `order:lines[*].name`,
 * `event:properties.plan`; a kind alone (`order`) where the whole is used. The same words name what a mapping feeds.
 */
export type Use = string;

const kinds: Partial<Record<(typeof reservedNames)[number], string>> = {
  orders: 'order',
  lastOrder: 'order',
  events: 'event',
  consents: 'consent',
};

/** @param path absolute, elements as `[*]`; undefined for what comes from no source, such as `now` */
export function useOf(path: string): Use | undefined {
  const trait = /^profile\.traits\.(.+)$/s.exec(path)?.[1];
  if (trait !== undefined) return `trait:${trait}`;
  const [, head = '', tail = ''] = /^([^.[]*)(?:\[\*\])?\.?(.*)$/s.exec(path) ?? [];
  const reserved = reservedNames.find((name) => name === head);
  if (reserved === undefined) return head === '' ? undefined : `trait:${path}`;
  const kind = kinds[reserved];
  return kind === undefined ? undefined : tail === '' ? kind : `${kind}:${tail}`;
}

/** Sorted, each once. */
export function usesOf(outlines: readonly Outline[]): Use[] {
  const paths = outlines.flatMap(({ tokens }) => tokens.flatMap((token) => token.paths));
  return [...new Set(paths.flatMap((path) => useOf(path) ?? []))].sort();
}

/** Whether what one names is, holds, or is within what the other names. */
export function touch(one: Use, other: Use): boolean {
  return one === other || isWithin(one, other) || isWithin(other, one);
}

function isWithin(inner: Use, outer: Use): boolean {
  return inner.startsWith(outer) && ':.['.includes(inner.charAt(outer.length) || '?');
}
