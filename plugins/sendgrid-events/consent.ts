import { textIn, type Row } from '@millrace/sdk';

const denying = ['unsubscribe', 'spamreport', 'group_unsubscribe'];

/**
 * What an event says of whether somebody may be written to. A complaint, and a bounce that will not pass, say no to every purpose; a block or a
 * deferral says nothing.
 */
export function consentOf(event: Row, groupPurposes: Record<string, string> = {}): Row | undefined {
  const name = textIn(event, 'event') ?? '';
  const isHardBounce = name === 'bounce' && textIn(event, 'type') !== 'blocked';
  const granted = name === 'group_resubscribe';
  if (!granted && !isHardBounce && !denying.includes(name)) return undefined;
  const group = name.startsWith('group_') ? textIn(event, 'asm_group_id') : undefined;
  return {
    channel: 'email',
    purpose: isHardBounce || name === 'spamreport' ? 'all' : ((group && groupPurposes[group]) ?? 'marketing'),
    state: granted ? 'granted' : 'denied',
    evidence: { event: name, reason: textIn(event, 'reason'), id: textIn(event, 'sg_event_id') },
  };
}
