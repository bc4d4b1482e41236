import { useState } from 'react';
import { useAct, type Connection, type Connector } from '../api/index.ts';
import { ConfigForm, useConfigForm, type ConfigDraft } from '../config-form/index.ts';
import { slugOf } from '../texts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { goBack } from '../routing/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { checkSaved } from './connection-deeds.ts';
import { nameExample } from './words.ts';

interface Props {
  connector: Connector;
  onMade: (connection: Connection) => void;
}

/** Makes a connection, and checks at once whether it works. */
export function NewConnection({ connector, onMade }: Props) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyFor = useIdempotencyKey();
  const [blank] = useState<ConfigDraft>({ name: '', labels: [], config: {} });
  const filled = useConfigForm(`new-connection/${connector.id}`, blank, connector.config);
  const make = async (draft: ConfigDraft) => {
    const made = await act('make', async (api) => {
      const body = bodyOf(connector, draft);
      const headers = { 'idempotency-key': keyFor(body) };
      const connection = await api.post<Connection>('api/connections', { body, headers });
      filled.begin(draft);
      await checkSaved(api, connection);
      return connection;
    });
    if (!made) return;
    announce('The connection is made.');
    onMade(made);
  };
  return (
    <ConfigForm
      what="connection"
      example={nameExample}
      schema={connector.config}
      filled={filled}
      problem={problem}
      busy={doing !== undefined}
      save="Save and check"
      onSave={(draft) => void make(draft)}
      onLeave={() => goBack({ room: 'connections' })}
    />
  );
}

function bodyOf({ id }: Connector, { name, slug = slugOf(name), labels, config }: ConfigDraft): object {
  return { connector: id, name: name.trim(), slug: slug || undefined, labels, config: tidied(config) };
}
