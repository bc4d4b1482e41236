import { Suspense } from 'react';
import { ApiContext, type KeyHolder } from '../api/index.ts';
import { useRoute } from '../routing/index.ts';
import { mayOperate, Opening, SessionContext, SignIn, useSession } from '../session/index.ts';
import { AnnouncerProvider, Boundary } from '../ui/index.ts';
import { Arriving } from './arriving.tsx';
import { House, houseOf, markedHouseOf } from './house.tsx';

export function App() {
  const session = useSession();
  const asked = useRoute();
  if (session.is === 'opening') return <Opening unreachable={session.unreachable} onOtherKey={session.signOut} />;
  if (session.is === 'out') return <SignIn notice={session.notice} onSignIn={session.signIn} />;
  const route = asked.room === 'start' ? startOf(session.holder) : asked;
  return (
    <ApiContext value={session.api}>
      <SessionContext value={session}>
        <AnnouncerProvider>
          <Boundary key={houseOf(route)} what="This page">
            <Suspense fallback={<Arriving house={markedHouseOf(route)} />}>
              <House route={route} />
            </Suspense>
          </Boundary>
        </AnnouncerProvider>
      </SessionContext>
    </ApiContext>
  );
}

/** Where somebody begins who names no room. */
function startOf(holder: KeyHolder): { room: 'syncs' } | { room: 'templates' } {
  return mayOperate(holder) ? { room: 'syncs' } : { room: 'templates' };
}
