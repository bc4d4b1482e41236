import { useState } from 'react';
import { useFollowed, type Channel } from '../api/index.ts';
import { Deeds, Facts, Room, type Fact } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import type { Schema } from '../schema-form/index.ts';
import { Button, timeAgo } from '../ui/index.ts';
import { ChannelBadge } from './badges.tsx';
import { channelSchemas } from './channel-schemas.ts';
import { removingChannel, testing } from './deeds.ts';
import { TestOutcomes, type Tested } from './test-outcomes.tsx';
import { deliveryText, typeTitles } from './words.ts';

/** Milliseconds between two looks. */
const every = 5_000;

/** One channel: where messages go, and whether they arrive. */
export function ChannelRoom({ channel: named }: { channel: string }) {
  const { holder } = useSignedIn();
  const path = `api/alerts/channels/${encodeURIComponent(named)}`;
  const { found: channel, problem, again } = useFollowed<Channel>(path, { every });
  const [tested, setTested] = useState<readonly Tested[]>([]);
  const name = channel?.name ?? named;
  return (
    <Room
      house="alerts"
      way={[['Alerts', { room: 'alerts' }]]}
      title={name}
      badge={channel && <ChannelBadge channel={channel} />}
      opening={!channel}
      problem={problem}
      onAgain={again}
    >
      {channel && (
        <>
          {mayOperate(holder) && (
            <Deeds
              deeds={[{ ...testing([channel]), main: channel.lastDelivery?.ok !== true }]}
              onDone={(outcomes) => {
                setTested(outcomes);
                again();
              }}
            >
              <Button icon="sliders" onClick={() => go({ room: 'channelSettings', channel: named })}>
                Settings
              </Button>
            </Deeds>
          )}
          <TestOutcomes tested={tested} />
          <Facts facts={factsOf(channel)} />
          {mayOperate(holder) && (
            <Deeds deeds={[removingChannel(channel)]} label="Removal" onDone={() => goBack({ room: 'alerts' })} />
          )}
        </>
      )}
    </Room>
  );
}

function factsOf({ type, slug, config, secretsSet, lastDelivery }: Channel): Fact[] {
  const facts: Fact[] = [['Is a', typeTitles[type]]];
  const { properties = {} }: Schema = channelSchemas[type];
  for (const [name, { title = name, 'x-secret': isSecret }] of Object.entries(properties)) {
    const value = isSecret ? secretsSet.includes(name) && 'stored' : [config[name] ?? []].flat().map(String).join(', ');
    if (value) facts.push([title, value]);
  }
  if (lastDelivery) facts.push(['Last message', `${timeAgo(lastDelivery.at)}. ${deliveryText(lastDelivery)}`]);
  return [...facts, ['Slug', slug]];
}
