/** @schema AlertResponse */
export interface Alert {
  id: string;
  rule: AlertRuleRef;
  kind: string;
  openedAt: string;
  /** Of those that were asked for one sync: that one. */
  syncs: AlertedSync[];
  triggers: AlertedSync[];
  requests: AlertedSync[];
  acknowledged?: Acknowledged;
  snoozedUntil?: string;
}

/** @schema AlertRuleRef */
export interface AlertRuleRef {
  id: string;
  name?: string;
}

/** @schema AlertedResponse */
export interface AlertedSync {
  id: string;
  slug?: string;
  name: string;
  recoveredAt?: string;
  since: string;
  run?: string;
  message: string;
}

/** @schema AcknowledgedDto */
export interface Acknowledged {
  by: string;
}

/** @schema RuleResponse */
export interface AlertRule {
  id: string;
  slug: string;
  name?: string;
  enabled?: boolean;
  on: AlertConditions;
  labels?: string[];
  syncs?: string[];
  triggers?: string[];
  to: string[];
  wait?: string;
  repeat?: string | null;
  /** Absent: none that is still kept. */
  lastAlertAt?: string;
  revision: number;
}

/** @schema ConditionsDto */
export interface AlertConditions {
  failed?: boolean;
  overdue?: boolean;
  nothingRead?: boolean;
  drift?: boolean;
  held?: boolean;
  rejectShare?: number;
  lag?: string;
  triggerFailing?: boolean;
  triggerHeld?: boolean;
  privacyDue?: boolean;
}

export type ChannelType = 'webhook' | 'email' | 'slack';

/**
 * Where messages go.
 *
 * @schema ChannelResponse
 */
export interface Channel {
  id: string;
  slug: string;
  name: string;
  type: ChannelType;
  /** Secrets are null. */
  config: Record<string, unknown>;
  secretsSet: string[];
  lastDelivery?: Delivery;
  revision: number;
}

/**
 * How sending went.
 *
 * @schema DeliveryResponse
 */
export interface Delivery {
  ok: boolean;
  at: string;
  code?: string;
  message?: string;
}

/** @schema TriggerView */
export interface Trigger {
  slug: string;
  name?: string;
}
