import { alertChannel } from './alert-channel.ts';
import { alertRule } from './alert-rule.ts';
import { audience } from './audience.ts';
import { computedTrait } from './computed-trait.ts';
import { connection } from './connection.ts';
import type { Kind } from './kind.ts';
import { sync } from './sync.ts';
import { template } from './template.ts';
import { trigger } from './trigger.ts';

/** What a configuration may hold, in the order in which one may need the other. A new kind is one more file. */
export const kinds: Kind[] = [connection, computedTrait, audience, template, sync, trigger, alertChannel, alertRule];

export type { ConnectorSchemas, Kind, View } from './kind.ts';
