import { useState } from 'react';
import { useAct, type Channel } from '../api/index.ts';
import { ConfigForm, useConfigForm, type ConfigDraft } from '../config-form/index.ts';
import { savedText } from '../drafts/index.ts';
import { SettingsRoom } from '../rooms/index.ts';
import { goBack } from '../routing/index.ts';
import { tidied } from '../schema-form/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { channelSchemas } from './channel-schemas.ts';
import { place } from './place.ts';

/** Where a channel is changed. */
export function ChannelSettings({ channel: named }: { channel: string }) {
  const path = `api/alerts/channels/${encodeURIComponent(named)}`;
  return (
    <SettingsRoom<Channel>
      {...place}
      stateOf={({ revision }) => revision}
      path={path}
      named={named}
      to={{ room: 'channel', channel: named }}
    >
      {(channel, onAnew) => <Opened channel={channel} onAnew={onAnew} />}
    </SettingsRoom>
  );
}

function Opened({ channel, onAnew }: { channel: Channel; onAnew: () => void }) {
  const { id, slug, type, secretsSet } = channel;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState<ConfigDraft>({
    name: channel.name,
    slug,
    config: channel.config,
    madeFrom: channel.revision,
  });
  const filled = useConfigForm(`channel/${id}`, blank, channelSchemas[type]);
  const back = () => goBack({ room: 'channel', channel: slug });
  const save = async (draft: ConfigDraft) => {
    const { name, config, madeFrom } = draft;
    const body = { name: name.trim(), type, config: tidied(config) };
    const headers = { 'if-match': `"${madeFrom}"` };
    const saved = await act('save', (api) => api.put<Channel>(`api/alerts/channels/${id}`, { body, headers }));
    if (!saved) return;
    const isAll = filled.settle(draft, { madeFrom: saved.revision });
    announce(savedText('channel', isAll));
    if (isAll) back();
  };
  return (
    <ConfigForm
      what="channel"
      example="People on call"
      schema={channelSchemas[type]}
      filled={filled}
      problem={problem}
      stored={secretsSet}
      hasSlug
      busy={doing !== undefined}
      save="Save"
      onSave={(draft) => void save(draft)}
      path={`api/alerts/channels/${id}`}
      onTheirs={() => {
        filled.forget();
        onAnew();
      }}
      onLeave={back}
    />
  );
}
