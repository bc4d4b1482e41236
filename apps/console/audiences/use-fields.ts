import { useMemo } from 'react';
import { useGrowingList, type ComputedTrait, type MappedTrait } from '../api/index.ts';

/** What a condition may ask for, as far as it is known; the server takes others, too. */
export function useFields(): readonly string[] {
  const { found: traits } = useGrowingList<MappedTrait>('api/data-map');
  const { found: computed } = useGrowingList<ComputedTrait>('api/computed-traits');
  return useMemo(
    () => [
      ...traits.map(({ name }) => `traits.${name}`),
      ...computed.map(({ trait }) => `computed.${trait}`),
      ...['identities.email', 'identities.phone', 'createdAt'],
    ],
    [traits, computed],
  );
}
