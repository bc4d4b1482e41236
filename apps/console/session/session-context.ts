import { createContext, useContext } from 'react';
import type { Api, KeyHolder } from '../api/index.ts';

export interface SignedIn {
  is: 'in';
  api: Api;
  holder: KeyHolder;
  signOut: () => void;
}

export const SessionContext = createContext<SignedIn | undefined>(undefined);

export function useSignedIn(): SignedIn {
  const session = useContext(SessionContext);
  if (!session) throw new Error('Nobody is signed in here.');
  return session;
}

/** Whether somebody may change templates and compose previews: everybody but viewers. */
export const mayWrite = ({ role }: KeyHolder): boolean => role !== 'viewer';

/** Whether somebody may start, stop and mend syncs. */
export const mayOperate = ({ role }: KeyHolder): boolean => role === 'operator' || role === 'admin';

/** Whether somebody may make and revoke keys. */
export const isAdmin = ({ role }: KeyHolder): boolean => role === 'admin';
