import { useEffect, useState } from 'react';
import { useApi, type AudienceSummary, type List } from '../api/index.ts';

/** None while they cannot be read: everybody remains. */
export function useAudiences(): AudienceSummary[] {
  const api = useApi();
  const [audiences, setAudiences] = useState<AudienceSummary[]>([]);
  useEffect(() => {
    const leaving = new AbortController();
    api
      .get<List<AudienceSummary>>('api/audiences', { query: { limit: 200 }, signal: leaving.signal })
      .then(({ data }) => setAudiences(data))
      .catch(() => undefined);
    return () => leaving.abort();
  }, [api]);
  return audiences;
}
