import type { ReactNode } from 'react';
import type { Route } from '../routing/index.ts';
import { isAdmin, useSignedIn } from '../session/index.ts';
import type { House } from '../shell/index.ts';
import { Room } from './room.tsx';

interface Props {
  house: House;
  /** What others see where it would be. */
  title: string;
  /** Says what admins do there: `Keys are made by admins`. */
  text: string;
  /** Where others come from. */
  back: { to: Route; name: string };
  children: ReactNode;
}

/** Rooms for admins; to others it is said that they are. */
export function AdminsRoom({ children, ...said }: Props) {
  const { holder } = useSignedIn();
  return isAdmin(holder) ? children : <Said {...said} role={holder.role} />;
}

function Said({ house, title, text, back, role }: Omit<Props, 'children'> & { role: string }) {
  return (
    <Room
      house={house}
      way={[[back.name, back.to]]}
      title={title}
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      <p>
        {text}: your key has the role {role}.
      </p>
    </Room>
  );
}
