import { useState } from 'react';
import { useAct, type Channel, type ChannelType } from '../api/index.ts';
import { ConfigForm, useConfigForm, type ConfigDraft } from '../config-form/index.ts';
import { slugOf } from '../texts/index.ts';
import { useIdempotencyKey } from '../forms/index.ts';
import { OperatorsOnly, Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { channelSchemas } from './channel-schemas.ts';
import { place } from './place.ts';
import { typeTitles } from './words.ts';

/** Where a channel is made. */
export function NewChannel({ type }: { type: string }) {
  return (
    <Room
      house="alerts"
      way={[['Alerts', { room: 'alerts' }]]}
      title={isType(type) ? `New channel: ${typeTitles[type]}` : 'New channel'}
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      <OperatorsOnly what={place.what}>
        {isType(type) ? <Blank type={type} /> : <p>There is no such kind of channel.</p>}
      </OperatorsOnly>
    </Room>
  );
}

function Blank({ type }: { type: ChannelType }) {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const keyFor = useIdempotencyKey();
  const [blank] = useState<ConfigDraft>({ name: '', config: {} });
  const filled = useConfigForm(`new-channel/${type}`, blank, channelSchemas[type]);
  const make = async (draft: ConfigDraft) => {
    const { name, slug = slugOf(name), config } = draft;
    const body = { slug, name: name.trim(), type, config: tidied(config) };
    const headers = { 'idempotency-key': keyFor(body) };
    const made = await act('make', (api) => api.post<Channel>('api/alerts/channels', { body, headers }));
    if (!made) return;
    filled.begin(draft);
    announce('The channel is made.');
    go({ room: 'channel', channel: made.slug });
  };
  return (
    <ConfigForm
      what="channel"
      example="People on call"
      schema={channelSchemas[type]}
      filled={filled}
      problem={problem}
      busy={doing !== undefined}
      save="Save"
      onSave={(draft) => void make(draft)}
      onLeave={() => goBack({ room: 'alerts' })}
    />
  );
}

const isType = (type: string): type is ChannelType => type in channelSchemas;
