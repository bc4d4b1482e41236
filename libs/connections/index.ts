/** Configured connectors: their secrets, whether they work, what they offer, and opening them for use. */
export type { BuiltInConnection } from './built-in-connections.ts';
export type { ConnectionPatch, NewConnection } from './connection-editor.ts';
export {
  changedConfiguration,
  newConfiguration,
  parsed as parsedConfiguration,
  sameConfiguration,
  type Configuration,
} from './config/configuration.ts';
export { mergeSecrets, type JsonObject, type Secrets } from './config/split-secrets.ts';
export type { ConnectionView } from './connection-view.ts';
export { Connections, type ConnectionSummary, type RemovalGuard } from './connections.ts';
export { ConnectionsModule } from './connections.module.ts';
export type { ConnectionUse, OpenConnection } from './open/open-connection.ts';
export { InboundDeliveries } from './open/inbound-deliveries.ts';
export type { CheckResult } from './probes/connection-probes.ts';
export { withDeadline, within } from './probes/with-deadline.ts';
export type { ObjectDescription, StreamDescription } from '#catalog';
