import { useGrowingList, type AudienceSummary } from '../api/index.ts';

/** None while they cannot be read: everybody remains. */
export function useAudiences(): readonly AudienceSummary[] {
  return useGrowingList<AudienceSummary>('api/audiences').found;
}
