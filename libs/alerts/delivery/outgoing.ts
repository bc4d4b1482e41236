import type { AlertNotice } from '../messages/notice.ts';

/** One message on its way. A repeat has the same id. */
export interface Outgoing {
  id: string;
  notice: AlertNotice;
  /** Of an e-mail channel's recipients, those that have not got it yet; absent: all. */
  left?: string[];
}

/** Milliseconds that one attempt may take. */
export const sendingTime = 15_000;
