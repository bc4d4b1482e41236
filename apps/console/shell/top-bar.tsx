import { useState, type ReactNode } from 'react';
import type { KeyHolder } from '../api/index.ts';
import { storedDrafts } from '../drafts/index.ts';
import { forgetKept } from '../history/index.ts';
import { mayLeave, RouteLink, type Route } from '../routing/index.ts';
import { isAdmin, mayOperate, useSignedIn } from '../session/index.ts';
import { Button, Dialog, Mark } from '../ui/index.ts';
import style from './top-bar.module.css';

const houses = [
  { room: 'templates', title: 'Templates', isFor: () => true },
  { room: 'people', title: 'People', isFor: () => true },
  { room: 'audiences', title: 'Audiences', isFor: () => true },
  { room: 'syncs', title: 'Syncs', isFor: () => true },
  { room: 'connections', title: 'Connections', isFor: mayOperate },
  { room: 'alerts', title: 'Alerts', isFor: mayOperate },
  { room: 'keys', title: 'API keys', isFor: isAdmin },
] as const satisfies readonly (Route & { title: string; isFor: (holder: KeyHolder) => boolean })[];

/** Rooms that belong together, by the one that leads to them. */
export type House = (typeof houses)[number]['room'];

interface Props {
  /** Leads from here to the other houses; absent where the room's own things take the bar. */
  house?: House;
  children?: ReactNode;
}

/** The bar above a room: the room's own things, or the ways to other rooms, and who is signed in. */
export function TopBar({ house: here, children }: Props) {
  const { holder, signOut } = useSignedIn();
  const [asking, setAsking] = useState(false);
  const unsaved = () => storedDrafts.names();
  const leave = () => {
    storedDrafts.forgetAll();
    forgetKept();
    signOut();
  };
  return (
    <header className={style.bar}>
      <Mark size={26} />
      {here && (
        <nav className={style.rooms} aria-label="Rooms">
          {houses
            .filter(({ isFor }) => isFor(holder))
            .map(({ room, title }) => (
              <RouteLink key={room} to={{ room }} aria-current={room === here ? 'page' : undefined}>
                {title}
              </RouteLink>
            ))}
        </nav>
      )}
      <div className={style.room}>{children}</div>
      <p className={style.holder} title={`${holder.name}, ${holder.role}`}>
        {holder.name}
      </p>
      <Button
        kind="quiet"
        icon="signOut"
        aria-label="Sign out"
        title="Sign out"
        onClick={() => {
          if (unsaved().length > 0) setAsking(true);
          else if (mayLeave(leave)) leave();
        }}
      />
      {asking && (
        <Dialog
          title="Sign out and lose changes?"
          onClose={() => setAsking(false)}
          actions={
            <>
              <Button onClick={() => setAsking(false)}>Stay</Button>
              <Button kind="main" onClick={leave}>
                Sign out without saving
              </Button>
            </>
          }
        >
          <p>Not saved yet: {unsaved().join(', ')}.</p>
        </Dialog>
      )}
    </header>
  );
}
