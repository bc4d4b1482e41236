import type { AlertNotice } from '../messages/notice.ts';

/** One message on its way. A repeat has the same id. */
export interface Outgoing {
  id: string;
  notice: AlertNotice;
}

/** Milliseconds that one attempt may take. */
export const sendingTime = 15_000;
