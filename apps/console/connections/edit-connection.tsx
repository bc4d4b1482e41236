import { useState } from 'react';
import { useAct, type Api, type Connection, type Connector } from '../api/index.ts';
import { ConfigForm, useConfigForm, type ConfigDraft } from '../config-form/index.ts';
import { savedText } from '../drafts/index.ts';
import { slugOf } from '../texts/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { checkSaved } from './connection-deeds.ts';
import { MovedQuestion } from './moved-question.tsx';
import { nameExample } from './words.ts';

interface Props {
  connection: Connection;
  connector: Connector;
  onSaved: () => void;
  onLeave: () => void;
  /** Reads it again, and begins with what it is then. */
  onAnew: () => void;
}

/** Changes a connection, and checks at once whether it works. */
export function EditConnection({ connection, connector, onSaved, onLeave, onAnew }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState(() => draftOf(connection));
  const filled = useConfigForm(`connection/${connection.id}`, blank, connector.config);
  const [asked, setAsked] = useState<Connection>();
  const save = async (draft: ConfigDraft) => {
    const saved = await act('save', async (api) => {
      const changed = await put(api, connection, draft);
      const isAll = filled.settle(draft, { madeFrom: changed.edition });
      await checkSaved(api, connection);
      return { ...changed, isAll };
    });
    if (!saved) return;
    announce(savedText('connection', saved.isAll));
    if (saved.notices?.some(({ code }) => code === 'moved_unsaid')) setAsked(saved);
    else if (saved.isAll) onSaved();
  };
  if (asked) return <MovedQuestion connection={asked} onAnswered={onSaved} />;
  return (
    <ConfigForm
      what="connection"
      example={nameExample}
      schema={connector.config}
      filled={filled}
      problem={problem}
      stored={connection.secretsSet}
      hasSlug={connection.slug !== undefined}
      busy={doing !== undefined}
      save="Save and check"
      onSave={(draft) => void save(draft)}
      path={`api/connections/${connection.id}`}
      onTheirs={() => {
        filled.forget();
        onAnew();
      }}
      onLeave={onLeave}
    />
  );
}

const draftOf = ({ name, slug, labels, config, edition }: Connection): ConfigDraft => ({
  ...{ name, slug, labels, config, madeFrom: edition },
});

/** From the edition that was looked at, as a whole: what is not in the form's configuration any more goes; secrets that nobody entered stay. */
async function put(api: Api, { id, connector, slug }: Connection, draft: ConfigDraft): Promise<Connection> {
  const { name, labels, config, madeFrom } = draft;
  const suggested = draft.slug ?? slugOf(name);
  const body = { connector, name: name.trim(), labels, config: tidied(config) };
  const saved = await api.put<Connection>(`api/connections/${id}`, { body, headers: { 'if-match': `"${madeFrom}"` } });
  if (slug === undefined && suggested) await api.patch(`api/connections/${id}`, { body: { slug: suggested } });
  return saved;
}
