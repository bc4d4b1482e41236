import type { AlertRoute } from '../routing/index.ts';
import { Boundary } from '../ui/index.ts';
import { AlertList } from './alert-list.tsx';
import { ChannelRoom } from './channel-room.tsx';
import { ChannelSettings } from './channel-settings.tsx';
import { NewChannel } from './new-channel.tsx';
import { NewRule } from './new-rule.tsx';
import { RuleRoom } from './rule-room.tsx';
import { RuleSettings } from './rule-settings.tsx';

/** The list of rules and channels, one of them, or a new one. */
export function AlertRooms({ route }: { route: AlertRoute }) {
  return (
    <Boundary key={JSON.stringify(route)} what="This page">
      {route.room === 'alerts' && <AlertList />}
      {route.room === 'alertRule' && <RuleRoom rule={route.rule} />}
      {route.room === 'alertRuleSettings' && <RuleSettings rule={route.rule} />}
      {route.room === 'newAlertRule' && <NewRule />}
      {route.room === 'channel' && <ChannelRoom channel={route.channel} />}
      {route.room === 'channelSettings' && <ChannelSettings channel={route.channel} />}
      {route.room === 'newChannel' && <NewChannel type={route.type} />}
    </Boundary>
  );
}
