import { useMemo } from 'react';
import { useGrowingList, type GrowingList, type TemplateSummary } from '../api/index.ts';

/** All templates; the one that changed last comes first. */
export function useTemplates(): GrowingList<TemplateSummary> {
  const list = useGrowingList<TemplateSummary>('api/templates?summary=true');
  const found = useMemo(() => list.found.toSorted((a, b) => (a.updatedAt < b.updatedAt ? 1 : -1)), [list.found]);
  return { ...list, found };
}
