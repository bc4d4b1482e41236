import { useEffect, useState } from 'react';
import { useApi, type AudienceSummary, type List } from '../api/index.ts';

/** None while they cannot be read: everybody remains. */
export function useAudiences(): AudienceSummary[] {
  const api = useApi();
  const [audiences, setAudiences] = useState<AudienceSummary[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const read = async () => {
      const all: AudienceSummary[] = [];
      let after: string | undefined;
      do {
        const { data, next } = await api.get<List<AudienceSummary>>('api/audiences', {
          query: { after, limit: 200 },
          signal,
        });
        all.push(...data);
        after = next ?? undefined;
        setAudiences([...all]);
      } while (after !== undefined);
    };
    read().catch(() => undefined);
    return () => leaving.abort();
  }, [api]);
  return audiences;
}
