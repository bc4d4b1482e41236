import type { Json } from '@millrace/sdk';
import type { Traits } from '../folding/index.ts';

interface Happened {
  /** Names the cause for good: however often it is told, it is the same. */
  key: string;
  /** Profile id, as it was then. */
  profile: string;
  at: Date;
}

export interface EventCause extends Happened {
  kind: 'event';
  name: string;
  properties: Traits;
}

export interface AudienceCause extends Happened {
  kind: 'audience';
  audience: string;
  entered: boolean;
  /** The audience's definition changed, not the person. */
  defined: boolean;
}

export interface TraitCause extends Happened {
  kind: 'trait';
  trait: string;
  /** As they are stored: sensitive ones are sealed. Absent: there was none, or there is none any more. */
  from?: Json;
  to?: Json;
  /** Nobody knew the person before. */
  newcomer: boolean;
}

/** Something that became of a person, which others may wait for. */
export type Cause = EventCause | AudienceCause | TraitCause;

/** What is waited for just now. */
export interface Watched {
  events: ReadonlySet<string>;
  audiences: ReadonlySet<string>;
  traits: ReadonlySet<string>;
  /** Those that are waited for of people whom nobody knew before, too. */
  newcomerTraits: ReadonlySet<string>;
}

/** Whoever waits for causes. */
export interface CauseWatch {
  /** Asked for every page, so it costs nothing most of the time. Undefined: nothing is waited for. */
  watched(): Promise<Watched | undefined>;
  /** Resolves once they are durable. Causes that were told before change nothing. */
  tell(causes: readonly Cause[]): Promise<void>;
}
