export { authOf, oauth2, type Auth, type OAuth2 } from './auth.ts';
export {
  defineConnector,
  type AnyConnector,
  type Connector,
  type Destination,
  type DestinationObjects,
  type Source,
  type Streams,
} from './connector.ts';
export type { ConnectorContext, FileAccess, Logger, SocketTarget } from './context.ts';
export { contractVersion } from './contract-version.ts';
export type { Deliveries, DeliveriesOptions, DeliveriesPage } from './deliveries.ts';
export type { Delivery, KeptDelivery } from './delivery.ts';
export { isWholeDay, type CursorWindow } from './cursor-window.ts';
export type { HttpClient, HttpSettings } from './http-client.ts';
export {
  object,
  type DestinationObject,
  type PollContext,
  type PushContext,
  type PushRow,
  type WriteMode,
} from './object.ts';
export { ok, pending, rejected, retry, superseded, unchanged, unknown, type Effects, type Outcome } from './outcome.ts';
export { outcomeFault } from './outcome-fault.ts';
export { pageFault } from './page-fault.ts';
export { wholeStream, type FinishedSlice, type Key, type Page, type PageReject, type Slice } from './page.ts';
export type { LaneLag } from './lane-lag.ts';
export { lookBack } from './look-back.ts';
export { laneShare, type LaneShare } from './lane-share.ts';
export type { Peek } from './peek.ts';
export { pushEach } from './push-each.ts';
export { cursorIn, readFrom } from './read-cursor.ts';
export { fieldList, objectsOf, streamsOf } from './resolve.ts';
export {
  stream,
  type Consumer,
  type PlanContext,
  type ReadContext,
  type Stream,
  type StreamOrigin,
  type StreamSettings,
  type SubscribeContext,
} from './stream.ts';
export type {
  DeliveredRecord,
  HandshakeAnswer,
  RegistrationStatus,
  Verify,
  WebhookRegistration,
  Webhooks,
} from './webhooks.ts';
