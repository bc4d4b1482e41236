import type { Channel } from '../api/index.ts';
import { Badge, type Tone } from '../ui/index.ts';
import { channelState, type ChannelState, type RuleState } from './words.ts';

const tones: Readonly<Partial<Record<RuleState | ChannelState, Tone>>> = {
  ...{ 'alert open': 'wrong', 'does not work': 'wrong' },
  ...{ watching: 'fine', works: 'fine' },
};

export function RuleBadge({ state }: { state: RuleState }) {
  return <Badge tone={tones[state] ?? 'plain'}>{state}</Badge>;
}

/** Whether the last message could be sent. */
export function ChannelBadge({ channel }: { channel: Channel }) {
  const state = channelState(channel);
  return <Badge tone={tones[state] ?? 'plain'}>{state}</Badge>;
}
