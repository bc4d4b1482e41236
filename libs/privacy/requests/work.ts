import type { PersonSubject } from '#profiles';
import type { ToldDestination } from '#sync';
import type { PrivacyRequest } from './request.schema.ts';

/** A request under way, as its steps see it. */
export interface Work {
  request: PrivacyRequest;
  subject: PersonSubject;
  now: Date;
  /** Adds to the counts, and keeps the lease. Throws `lease_lost` when another worker has taken over. */
  count(counts: Record<string, number>): Promise<void>;
  told(destination: ToldDestination): Promise<void>;
}

/** A step that cannot go on yet: until then, and what it waits for. */
export interface Wait {
  until: Date;
  reason: string;
}

/** A part of a request that can be repeated after a crash, and does nothing the second time. */
export interface Step {
  name: string;
  run(work: Work): Promise<Wait | undefined>;
}

export function waitFor(now: Date, milliseconds: number, reason: string): Wait {
  return { until: new Date(now.getTime() + milliseconds), reason };
}
