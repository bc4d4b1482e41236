import type { ErrorCode } from '@millrace/sdk';
import type { AlertKind } from '../rules/rule.schema.ts';

/** opened: something is wrong; updated: further syncs joined; reminder: it still is; recovered: it is over. */
export type AlertEvent = 'opened' | 'updated' | 'reminder' | 'recovered';

export interface NoticeSync {
  id: string;
  slug?: string;
  name: string;
  since: string;
  recoveredAt?: string;
  run?: string;
  code?: ErrorCode;
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
    /** The cause that the syncs have in common. */
    connection?: { id: string; name: string };
    /** At most 50: the others are at `url`. */
    syncs: NoticeSync[];
    syncCount: number;
    url: string;
  };
}
