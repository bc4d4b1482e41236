import { useState } from 'react';
import { useAct, type Api, type Connection, type Connector } from '../api/index.ts';
import { useGuardWhile } from '../drafts/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { checkSaved } from './connection-deeds.ts';
import type { ConnectionDraft } from './connection-fields.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { MovedQuestion } from './moved-question.tsx';
import { slugOf } from './typed.ts';

interface Props {
  connection: Connection;
  connector: Connector;
  onSaved: () => void;
  onLeave: () => void;
}

/** Changes a connection, and checks at once whether it works. */
export function EditConnection({ connection, connector, onSaved, onLeave }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [draft, setDraft] = useState<ConnectionDraft>(connection);
  const [asked, setAsked] = useState<Connection>();
  useGuardWhile(doing === undefined && draft !== connection && !asked);
  const save = async () => {
    const saved = await act('save', async (api) => {
      const changed = await put(api, connection, draft);
      await checkSaved(api, connection);
      return changed;
    });
    if (!saved) return;
    announce('The connection is saved.');
    if (saved.notices?.some(({ code }) => code === 'moved_unsaid')) setAsked(saved);
    else onSaved();
  };
  if (asked) return <MovedQuestion connection={asked} onAnswered={onSaved} />;
  return (
    <ConnectionForm
      connector={connector}
      draft={draft}
      onChange={setDraft}
      problem={problem}
      stored={connection.secretsSet}
      hasSlug={connection.slug !== undefined}
      busy={doing !== undefined}
      onSave={() => void save()}
      onLeave={onLeave}
    />
  );
}

/** From the revision that was looked at, as a whole: what is not in the form's configuration any more goes; secrets that nobody entered stay. */
async function put(
  api: Api,
  { id, connector, slug, revision }: Connection,
  draft: ConnectionDraft,
): Promise<Connection> {
  const { name, labels, config } = draft;
  const suggested = draft.slug ?? slugOf(name);
  const body = { connector, name: name.trim(), labels, config: tidied(config) };
  const saved = await api.put<Connection>(`api/connections/${id}`, { body, headers: { 'if-match': `"${revision}"` } });
  if (slug === undefined && suggested) await api.patch(`api/connections/${id}`, { body: { slug: suggested } });
  return saved;
}
