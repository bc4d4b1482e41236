import type { ErrorCode } from '@millrace/sdk';
import type { AlertKind } from '../rules/rule.schema.ts';

/** opened: something is wrong; updated: further ones joined; reminder: it still is; recovered: it is over, or not watched any more. */
export type AlertEvent = 'opened' | 'updated' | 'reminder' | 'recovered';

/** A sync, a trigger, or requests of people. */
export interface NoticeItem {
  /** The sync's id, the trigger's slug; `late` or `near` of requests. */
  id: string;
  slug?: string;
  name: string;
  since: string;
  recoveredAt?: string;
  run?: string;
  code?: ErrorCode;
  /** Of requests: how many. */
  count?: number;
  /** It has not recovered: it is not watched any more. */
  withdrawn?: true;
  message: string;
}

/** What is said about an alert: the JSON of a webhook, as it is documented; mails and chats are written from it. */
export interface AlertNotice {
  type: `alert.${AlertEvent | 'test'}`;
  /** ISO time at which it was written. */
  timestamp: string;
  data: {
    /** The same in all messages about one alert. */
    alert: string;
    rule: { slug: string; name: string };
    kind: AlertKind | 'test';
    /** One line. */
    title: string;
    /** What is to be done. */
    advice: string;
    since: string;
    recoveredAt?: string;
    /** None of it has recovered: it is not watched any more. */
    withdrawn?: true;
    /** The cause that they have in common. */
    connection?: { id: string; name: string };
    /** At most 50: the others are at `url`. */
    syncs: NoticeItem[];
    syncCount: number;
    /** The same of triggers; absent where the kind is about others. */
    triggers?: NoticeItem[];
    triggerCount?: number;
    /** The requests that are late, and those that are near their deadline; absent where the kind is about others. */
    requests?: NoticeItem[];
    requestCount?: number;
    url: string;
  };
}

/** What a notice is about, and how many items there are in all. */
export function itemsOf({ syncs, syncCount, triggers, triggerCount, requests }: AlertNotice['data']): {
  items: NoticeItem[];
  count: number;
} {
  if (requests) return { items: requests, count: requests.length };
  return triggers ? { items: triggers, count: triggerCount ?? triggers.length } : { items: syncs, count: syncCount };
}
