import { ApiContext } from '../api/index.ts';
import { Opening, SessionContext, SignIn, useSession } from '../session/index.ts';
import { Studio } from '../studio/index.ts';
import { TemplateList, useListSearch } from '../templates/index.ts';
import { AnnouncerProvider, Boundary } from '../ui/index.ts';
import { useRoute } from './use-route.ts';

export function App() {
  const session = useSession();
  const [route, go] = useRoute();
  const search = useListSearch();
  if (session.is === 'opening') return <Opening unreachable={session.unreachable} onOtherKey={session.signOut} />;
  if (session.is === 'out') return <SignIn notice={session.notice} onSignIn={session.signIn} />;
  const leave = () => go({ room: 'templates' });
  const open = (template: string) => go({ room: 'studio', template });
  return (
    <ApiContext value={session.api}>
      <SessionContext value={session}>
        <AnnouncerProvider>
          <Boundary key={route.room} what="This page">
            {route.room === 'studio' ? (
              <Studio key={route.template} template={route.template} onLeave={leave} />
            ) : (
              <TemplateList search={search} onOpen={open} />
            )}
          </Boundary>
        </AnnouncerProvider>
      </SessionContext>
    </ApiContext>
  );
}
