import { useState } from 'react';
import { usePagedList, type PagedList, type Share } from '../api/index.ts';

export interface Shares {
  /** Newest first, as far as they were asked for. */
  shares: readonly Share[];
  /** What is read of them. */
  list: PagedList<Share>;
  add: (share: Share) => void;
  noteRevoked: (id: string) => void;
}

const atOnce = 50;

/** The links of a template, those of its drafts among them. */
export function useShares(template: string): Shares {
  const list = usePagedList<Share>(`api/shares?template=${encodeURIComponent(template)}`, atOnce);
  const [made, setMade] = useState<readonly Share[]>([]);
  const [revoked, setRevoked] = useState<readonly string[]>([]);
  const read = list.found.filter(({ id }) => !made.some((one) => one.id === id));
  return {
    shares: [...made, ...read].map((one) => (revoked.includes(one.id) ? { ...one, state: 'revoked', url: null } : one)),
    list,
    add: (share) => setMade((before) => [share, ...before]),
    noteRevoked: (id) => setRevoked((before) => [...before, id]),
  };
}
