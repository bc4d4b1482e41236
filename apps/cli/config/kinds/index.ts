import { alertChannel } from './alert-channel.ts';
import { alertRule } from './alert-rule.ts';
import { auditRule } from './audit-rule.ts';
import { audience } from './audience.ts';
import { block } from './block.ts';
import { computedTrait } from './computed-trait.ts';
import { connection } from './connection.ts';
import { contentSettings } from './content-settings.ts';
import { eventSchema } from './event-schema.ts';
import { feed } from './feed.ts';
import { identityPolicy } from './identity-policy.ts';
import type { Kind } from './kind.ts';
import { purpose } from './purpose.ts';
import { retentionPolicy } from './retention-policy.ts';
import { source } from './source.ts';
import { sourcePriorities } from './source-priorities.ts';
import { strings } from './strings.ts';
import { sync } from './sync.ts';
import { template } from './template.ts';
import { trackingSettings } from './tracking-settings.ts';
import { trait } from './trait.ts';
import { trigger } from './trigger.ts';

/** What a configuration may hold, in the order in which one may need the other. A new kind is one more file. */
export const kinds: Kind[] = [
  identityPolicy,
  trait,
  purpose,
  retentionPolicy,
  connection,
  sourcePriorities,
  source,
  eventSchema,
  computedTrait,
  audience,
  contentSettings,
  trackingSettings,
  strings,
  feed,
  block,
  template,
  sync,
  trigger,
  alertChannel,
  alertRule,
  auditRule,
];

export { pathOf, type ConnectorSchemas, type Kind, type View } from './kind.ts';
