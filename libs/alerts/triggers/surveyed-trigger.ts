import type { ErrorCode } from '@millrace/sdk';

/** One firing that went wrong. */
export interface TroubledFiring {
  at: Date;
  /** It has the reason, which may name a person. */
  firing: string;
}

/** How a trigger is, for those who watch it. */
export interface SurveyedTrigger {
  slug: string;
  name: string;
  paused: boolean;
  /** Failed attempts since it last worked. */
  failures: number;
  failingSince?: Date;
  lastError?: TroubledFiring & { code: ErrorCode };
  /** The last firing that was given up, unless it is tried again. */
  givenUp?: TroubledFiring & { code: ErrorCode };
  /** Nothing fires until somebody resumes it. */
  held?: { at: Date; reason: string };
  /** The last firing that was held, because there were too many for one person, unless it is tried again. */
  heldFiring?: TroubledFiring;
  /** Id of the connection that it hands people to. */
  connection?: string;
}
