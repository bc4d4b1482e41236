import type { ErrorCode } from '@millrace/sdk';
import type { AlertKind } from '../rules/rule.schema.ts';

/** A sync, a trigger, or requests of people: what rules are about. */
export interface Watched {
  /** The sync's id, the trigger's slug, or which requests. */
  _id: string;
  slug?: string;
  name: string;
}

/** What a rule's condition says of it: it holds, with the reason, or it does not; or nothing, as it is left alone. */
export type Finding =
  | { kind: AlertKind; holds: false; leftAlone?: true }
  | {
      kind: AlertKind;
      holds: true;
      /** Names what happened: see `AlertedSync`. */
      occasion: string;
      since: Date;
      message: string;
      /** Of requests: how many. */
      count?: number;
      run?: string;
      code?: ErrorCode;
      /** Id of the connection that is the cause. */
      connection?: string;
    };

export type Trouble = Extract<Finding, { holds: true }>;
