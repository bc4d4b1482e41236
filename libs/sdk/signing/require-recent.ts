import { invalidSignature } from './invalid-signature.ts';

/** Milliseconds that a signature may be old, or ahead of our clock: what Stripe, HubSpot and Standard Webhooks recommend. */
export const usualTolerance = 300_000;

/** Throws `invalid_signature` for a time that is too far from now: a delivery that somebody recorded and sends again. */
export function requireRecent(milliseconds: number, now: Date, tolerance = usualTolerance): void {
  const age = now.getTime() - milliseconds;
  if (age <= tolerance && age >= -usualTolerance) return;
  if (Number.isNaN(age)) throw invalidSignature('The time of the signature is not a number.');
  const seconds = Math.round(Math.abs(age) / 1_000);
  throw invalidSignature(`The signature is ${seconds} s ${age > 0 ? 'old' : 'ahead of time'}. Check the clocks.`);
}

/** Unix time in a header; NaN for anything else. */
export function unixTime(text: string): number {
  return /^\d{1,16}$/.test(text) ? Number(text) : NaN;
}
