import { useMemo } from 'react';
import { useGrowingList, type ApiKey, type GrowingList } from '../api/index.ts';

/** Milliseconds between two looks at all of them. */
const every = 15_000;

interface Keys extends GrowingList<ApiKey> {
  /** Its id where it is in no list. */
  nameOf: (id: string) => string;
}

/** The key of the settings: it is in no list, and always works. */
export const ofSettings = 'key_settings';

/** All keys, those that were revoked too: they name who made others. */
export function useKeys(): Keys {
  const list = useGrowingList<ApiKey>('api/keys', { every });
  const { found } = list;
  const names = useMemo(
    () => new Map([[ofSettings, 'MILLRACE_ADMIN_KEY'], ...found.map(({ id, name }) => [id, name] as const)]),
    [found],
  );
  return { ...list, nameOf: (id) => names.get(id) ?? id };
}
