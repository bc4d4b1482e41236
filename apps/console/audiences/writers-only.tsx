import type { ReactNode } from 'react';
import { mayWrite, useSignedIn } from '../session/index.ts';

/** What is made and changed by everybody but viewers. */
export function WritersOnly({ what, children }: { what: string; children: ReactNode }) {
  const { holder } = useSignedIn();
  return mayWrite(holder) ? children : <p>{what} are made and changed by marketers: your key is a viewer’s.</p>;
}
