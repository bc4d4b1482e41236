/** @schema AlertResponse */
export interface Alert {
  id: string;
  rule: AlertRuleRef;
  kind: string;
  /** Of those that were asked for one sync: that one. */
  syncs: AlertedSync[];
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
  on: object;
  labels?: string[];
  syncs?: string[];
}
