import { ApiContext } from '../api/index.ts';
import { SessionContext, SignIn, useSession } from '../session/index.ts';
import { Studio } from '../studio/index.ts';
import { TemplateList } from '../templates/index.ts';
import { AnnouncerProvider } from '../ui/index.ts';
import { useRoute } from './use-route.ts';

export function App() {
  const session = useSession();
  const [route, go] = useRoute();
  if (session.is === 'opening') return <p className="unseen">Signing in …</p>;
  if (session.is === 'out') return <SignIn notice={session.notice} onSignIn={session.signIn} />;
  const leave = () => go({ room: 'templates' });
  const open = (template: string) => go({ room: 'studio', template });
  return (
    <ApiContext value={session.api}>
      <SessionContext value={session}>
        <AnnouncerProvider>
          {route.room === 'studio' ? (
            <Studio key={route.template} template={route.template} onLeave={leave} />
          ) : (
            <TemplateList onOpen={open} />
          )}
        </AnnouncerProvider>
      </SessionContext>
    </ApiContext>
  );
}
