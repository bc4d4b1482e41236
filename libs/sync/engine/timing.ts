/** Milliseconds that a job works on one slice before it lets others have their turn. */
export const turn = 60_000;

/** How long work may be silent, as the operator has it (milliseconds). */
export interface Patience {
  /** That a claim holds without being renewed. */
  lease: number;
  /** Without any progress, after which work is given up. */
  stall: number;
}

/** Milliseconds after which a worker at the latest heeds a cancelled run. */
export const cancelCheck = 1_000;

/** Milliseconds after which a subscriber is asked again how far it is behind. */
export const lagCheck = 5_000;

/** Milliseconds that a page may still take when the process is about to stop. */
export const stopGrace = 5_000;

/** Milliseconds until a step is tried again that found somebody else leading the run. */
export const ledRetry = 250;

/** Milliseconds until a lane's new holder looks again whether the former one still writes. */
export const handover = 50;

/** Milliseconds that a subscription is given to end by itself. */
export const subscriptionPatience = 5_000;

/** Failures in a row, without a page in between, after which work is given up that never went well. */
export const maxAttempts = 6;

/** Workers in a row that went silent on a slice, without a page in between, after which it fails. */
export const maxTakeovers = 10;

const troubleLimit = 15 * 60_000;
const rateLimit = 24 * 3_600_000;
/** Nobody is waited for longer at a time, whatever he asks for (milliseconds). */
export const longestWait = 24 * 3_600_000;

/**
 * Whether a failing slice is tried again. One that never got a row is given up soon: most likely something is wrong with the set-up. What went
 * well before may go well again, within a quarter of an hour; whoever asks us to wait is heeded for a day.
 */
export function goesOn(
  { attempts, failingSince, ledger }: { attempts: number; failingSince: Date; ledger: { read: number } },
  code: string,
  now: number = Date.now(),
): boolean {
  if (attempts < maxAttempts) return true;
  if (code === 'rate_limited') return now - failingSince.getTime() < rateLimit;
  return ledger.read > 0 && now - failingSince.getTime() < troubleLimit;
}

/** Full jitter around an exponential wait, 1 s to 5 min; never shorter than what the other side asked for, up to a day. */
export function backoff(attempts: number, retryAfter = 0, random: () => number = Math.random): number {
  const ceiling = Math.min(1_000 * 2 ** attempts, 300_000);
  return Math.max(Math.min(retryAfter, longestWait), ceiling / 2 + (random() * ceiling) / 2);
}

/** A wait up to this is waited for; a longer one frees the worker (milliseconds). */
export const patience = 5_000;
