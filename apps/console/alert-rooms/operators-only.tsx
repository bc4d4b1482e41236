import type { ReactNode } from 'react';
import { mayOperate, useSignedIn } from '../session/index.ts';

/** What only operators do. */
export function OperatorsOnly({ children }: { children: ReactNode }) {
  const { holder } = useSignedIn();
  return mayOperate(holder) ? (
    children
  ) : (
    <p>Rules and channels are made by operators: your key is a {holder.role}’s.</p>
  );
}
