import { lazy, Suspense } from 'react';
import { ApiContext, type KeyHolder } from '../api/index.ts';
import { go, useRoute, type Route } from '../routing/index.ts';
import { mayOperate, Opening, SessionContext, SignIn, useSession } from '../session/index.ts';
import { TemplateList } from '../templates/index.ts';
import { AnnouncerProvider, Boundary, useSearch } from '../ui/index.ts';

// Whoever writes mails needs no syncs, and whoever steers syncs no editor.
const Studio = lazy(async () => ({ default: (await import('../studio/index.ts')).Studio }));
const Syncs = lazy(async () => ({ default: (await import('../syncs/index.ts')).Syncs }));

export function App() {
  const session = useSession();
  const asked = useRoute();
  const search = useSearch('');
  if (session.is === 'opening') return <Opening unreachable={session.unreachable} onOtherKey={session.signOut} />;
  if (session.is === 'out') return <SignIn notice={session.notice} onSignIn={session.signIn} />;
  const route = asked.room === 'start' ? startOf(session.holder) : asked;
  return (
    <ApiContext value={session.api}>
      <SessionContext value={session}>
        <AnnouncerProvider>
          <Boundary key={houseOf(route)} what="This page">
            <Suspense>
              {route.room === 'templates' ? (
                <TemplateList search={search} onOpen={(template) => go({ room: 'studio', template })} />
              ) : route.room === 'studio' ? (
                <Studio key={route.template} template={route.template} onLeave={() => go({ room: 'templates' })} />
              ) : (
                <Syncs route={route} />
              )}
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

/** What keeps what it knows while somebody goes from room to room within it. */
function houseOf({ room }: Route): string {
  return room === 'templates' || room === 'studio' ? room : 'syncs';
}
