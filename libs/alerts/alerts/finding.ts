import type { ErrorCode } from '@millrace/sdk';
import type { AlertKind } from '../rules/rule.schema.ts';

/** A sync, or a trigger: what rules are about. */
export interface Watched {
  /** The sync's id, the trigger's slug. */
  _id: string;
  slug?: string;
  name: string;
}

/** What a rule's condition says of it: it holds, with the reason, or it does not. */
export type Finding =
  | { kind: AlertKind; holds: false }
  | {
      kind: AlertKind;
      holds: true;
      /** Names what happened: see `AlertedSync`. */
      occasion: string;
      since: Date;
      message: string;
      run?: string;
      code?: ErrorCode;
      /** Id of the connection that is the cause. */
      connection?: string;
    };

export type Trouble = Extract<Finding, { holds: true }>;
