import type { Alert, AlertConditions, AlertRule, Channel, Delivery } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';

export type RuleState = 'alert open' | 'watching' | 'disabled';

/** @param open the alerts that are open, of whatever rules */
export function ruleState({ id, enabled }: AlertRule, open: readonly Alert[]): RuleState {
  if (enabled === false) return 'disabled';
  return open.some(({ rule }) => rule.id === id) ? 'alert open' : 'watching';
}

/** When it fired. @param open the alerts that are open, newest first */
export function firedText({ id, lastAlertAt }: AlertRule, open: readonly Alert[]): string {
  const own = open.filter(({ rule }) => rule.id === id);
  const [newest] = own;
  if (!newest) return lastAlertAt === undefined ? 'no alert in 90 days' : `last alert ${timeAgo(lastAlertAt)}`;
  const when = timeAgo(newest.openedAt);
  return own.length > 1 ? `${own.length} alerts open, the newest since ${when}` : `open since ${when}`;
}

const flags = {
  failed: 'failed',
  overdue: 'overdue',
  nothingRead: 'nothing read',
  drift: 'drift',
  held: 'held',
} as const satisfies Partial<Record<keyof AlertConditions, string>>;

/** "failed, overdue, older than 2h of syncs with the label shop; requests of people due" */
export function watchedText(rule: AlertRule): string {
  const { on, triggers } = rule;
  const ofSyncs: string[] = Object.entries(flags).flatMap(([kind, text]) =>
    on[kind as keyof typeof flags] ? text : [],
  );
  if (on.rejectShare !== undefined) ofSyncs.push(`more than ${percentOf(on.rejectShare)} % rejects`);
  if (on.lag !== undefined) ofSyncs.push(`older than ${on.lag}`);
  const ofTriggers = [...(on.triggerFailing ? ['failing'] : []), ...(on.triggerHeld ? ['held'] : [])];
  return [
    ...(ofSyncs.length > 0 ? [`${ofSyncs.join(', ')}: ${syncsText(rule)}`] : []),
    ...(ofTriggers.length > 0 ? [`${ofTriggers.join(', ')}: ${triggers?.join(', ') ?? 'all triggers'}`] : []),
    ...(on.privacyDue ? ['requests of people due'] : []),
  ].join('; ');
}

function syncsText({ labels = [], syncs = [] }: AlertRule): string {
  const parts = [
    ...(labels.length > 0 ? [`syncs with the label ${labels.join(' or ')}`] : []),
    ...(syncs.length > 3 ? [`${syncs.length} syncs`] : syncs),
  ];
  return parts.length === 0 ? 'all syncs' : parts.join(', ');
}

/** "to People on call, Ops mailbox" */
export function toText({ to }: AlertRule, channels: readonly Channel[]): string {
  return `to ${to.map((ref) => channelOf(channels, ref)?.name ?? ref).join(', ')}`;
}

export const channelOf = (channels: readonly Channel[], ref: string): Channel | undefined =>
  channels.find(({ id, slug }) => id === ref || slug === ref);

/** 0.07 is 7, not 7.000000000000001. */
export const percentOf = (share: number): number => Number((share * 100).toPrecision(12));
export const shareOf = (percent: number): number => Number((percent / 100).toPrecision(12));

export const typeTitles: Readonly<Record<Channel['type'], string>> = {
  email: 'E-mail',
  slack: 'Slack-compatible webhook',
  webhook: 'Signed webhook',
};

/** How a test, or the last message, went: in a sentence. */
export function deliveryText({ ok, message }: Delivery): string {
  return [ok ? 'The message was sent.' : 'The message was not sent.', message].filter(Boolean).join(' ');
}

export type ChannelState = 'works' | 'does not work' | 'not tried';

export function channelState({ lastDelivery }: Channel): ChannelState {
  if (!lastDelivery) return 'not tried';
  return lastDelivery.ok ? 'works' : 'does not work';
}
