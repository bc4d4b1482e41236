import type { SourceOf } from './use-sources.ts';

/** "Shop customers:17" of an identity's key: some are named by their connection. */
export function identityText(key: string, sourceOf: SourceOf): string {
  const [kind = '', ...value] = key.split(':');
  return [sourceOf({ connection: kind }).name, ...value].join(':');
}
