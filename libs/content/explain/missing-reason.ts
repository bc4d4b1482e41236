/** Why a token has no value. */
export type MissingReason =
  /** `changes` of the preview took it away. */
  | 'changed'
  /** Its source says that it is empty. */
  | 'empty'
  /** The person has no order (or event) up to the mail's clock. */
  | 'no_order'
  | 'no_event'
  /** No source has told it of this person. */
  | 'not_told';

export interface MissingFacts {
  /** Absolute path of the token. */
  path: string;
  changed: boolean;
  /** Where the (empty) value came from, if from anywhere. */
  hasOrigin: boolean;
  orders: number;
  events: number;
}

export function missingReason({ path, changed, hasOrigin, orders, events }: MissingFacts): MissingReason {
  if (changed) return 'changed';
  if (/^(lastOrder|orders)\b/.test(path) && orders === 0) return 'no_order';
  if (/^events\b/.test(path) && events === 0) return 'no_event';
  return hasOrigin ? 'empty' : 'not_told';
}
