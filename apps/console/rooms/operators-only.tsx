import type { ReactNode } from 'react';
import { mayOperate, useSignedIn } from '../session/index.ts';

interface Props {
  /** What it is about: `Rules and channels`. */
  what: string;
  children: ReactNode;
}

/** What only operators do. */
export function OperatorsOnly({ what, children }: Props) {
  const { holder } = useSignedIn();
  if (mayOperate(holder)) return children;
  return (
    <p>
      {what} are made and changed by operators: your key is a {holder.role}’s.
    </p>
  );
}
