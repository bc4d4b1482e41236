import type { StoredShare } from './share.schema.ts';

export type ShareState = 'open' | 'revoked' | 'erased';

export interface ShareView {
  id: string;
  state: ShareState;
  /** Opens in a browser without a key; null once nothing is shown there any more, and where it shows what the viewer may not see. */
  url: string | null;
  template: StoredShare['template'];
  /** Of the mail. */
  hash: string;
  /** Sensitive traits are shown as a mask; so the hash is that of the masked mail. */
  masked: boolean;
  /** The key that shared it. */
  by: StoredShare['by'];
  createdAt: string;
  expiresAt: string;
}

/** @param url null: it is not for the viewer */
export function shareView(share: StoredShare, url: string | null): ShareView {
  const { _id: id, template, hash, masked, by, createdAt, expiresAt } = share;
  const state = stateOf(share);
  return {
    id,
    state,
    url: state === 'open' ? url : null,
    template,
    hash,
    masked,
    by,
    createdAt: createdAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
  };
}

export function stateOf({ erasedAt, revokedAt }: StoredShare): ShareState {
  if (erasedAt) return 'erased';
  return revokedAt ? 'revoked' : 'open';
}
