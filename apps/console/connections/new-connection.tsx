import { useState } from 'react';
import { useAct, type Connection, type Connector } from '../api/index.ts';
import { useGuardWhile } from '../drafts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { go } from '../routing/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { checkSaved } from './connection-deeds.ts';
import type { ConnectionDraft } from './connection-fields.tsx';
import { ConnectionForm } from './connection-form.tsx';
import { slugOf } from './typed.ts';

interface Props {
  connector: Connector;
  onMade: (connection: Connection) => void;
}

/** Makes a connection, and checks at once whether it works. */
export function NewConnection({ connector, onMade }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyFor = useIdempotencyKey();
  const [draft, setDraft] = useState<ConnectionDraft>({ name: '', labels: [], config: {} });
  useGuardWhile(doing === undefined && Object.keys(draft.config).length > 0);
  const make = async () => {
    const made = await act('make', async (api) => {
      const body = bodyOf(connector, draft);
      const headers = { 'idempotency-key': keyFor(body) };
      const connection = await api.post<Connection>('api/connections', { body, headers });
      await checkSaved(api, connection);
      return connection;
    });
    if (!made) return;
    announce('The connection is made.');
    onMade(made);
  };
  return (
    <ConnectionForm
      connector={connector}
      draft={draft}
      onChange={setDraft}
      problem={problem}
      busy={doing !== undefined}
      onSave={() => void make()}
      onLeave={() => go({ room: 'connections' })}
    />
  );
}

function bodyOf({ id }: Connector, { name, slug = slugOf(name), labels, config }: ConnectionDraft): object {
  return { connector: id, name: name.trim(), slug: slug || undefined, labels, config: tidied(config) };
}
