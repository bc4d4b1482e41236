import type { Revision } from '#platform';
import { readingOf, type HeldReading, type IdentityPolicy } from '../identity/index.ts';
import { settled } from './settled.ts';

/** How identities have been read otherwise than they are written, each reading once, with until when it held at last. Oldest revision first. */
export function heldReadings(revisions: readonly Revision<IdentityPolicy>[]): HeldReading[] {
  const held = new Map<string, HeldReading>();
  revisions.forEach(({ value }, index) => {
    const policy = readingOf(value);
    if (!policy) return;
    const ended = revisions[index + 1]?.at;
    held.set(JSON.stringify([policy.email, policy.phone.region]), {
      policy,
      until: ended ? ended.getTime() + settled : Infinity,
    });
  });
  return [...held.values()];
}
