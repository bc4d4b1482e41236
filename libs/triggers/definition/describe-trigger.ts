import type { TriggerAction, TriggerCause, TriggerDefinition } from './definition.ts';

/** What a trigger does, to be read. */
export function describeTrigger({ on, wait, unless, do: action }: TriggerDefinition): string {
  const given = unless && [
    ...(unless.events ?? []).map(({ name }) => `"${name}"`),
    ...(unless.orders ? ['an order'] : []),
  ];
  const later = wait === undefined ? '' : `, ${wait} later`;
  const except = given && given.length > 0 ? `, unless ${given.join(' or ')} came meanwhile` : '';
  return `${causeWords(on)}${later}${except}: ${actionWords(action)}`;
}

function causeWords(on: TriggerCause): string {
  if ('event' in on) return `After "${on.event}"`;
  if ('entersAudience' in on) return `When somebody enters ${on.entersAudience}`;
  if ('leavesAudience' in on) return `When somebody leaves ${on.leavesAudience}`;
  return `When traits.${on.trait} changes`;
}

function actionWords(action: TriggerAction): string {
  if ('sync' in action) return `start the sync ${action.sync}`;
  if ('webhook' in action) return 'call a webhook';
  return `hand the person to ${action.handOver.connection} (${action.handOver.object})`;
}
