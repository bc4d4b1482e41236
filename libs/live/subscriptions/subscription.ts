import type { ServerMessage } from '../protocol/index.ts';

/** What all subscriptions of a process look at together. */
export interface Sighting {
  /** Profile id → version, of all profiles that are subscribed to. */
  versions: ReadonlyMap<string, number>;
}

/** Something that a client follows. Level-triggered: it holds what it told last, and looks what is there now. */
export interface Subscription {
  readonly id: string;
  /** The profile that it is about. */
  readonly profile?: string;
  /** What is new; nothing where the client has it already. Afterwards it counts as told. */
  look(sighting: Sighting): Promise<ServerMessage[]>;
  /** Nothing will ever be new again. */
  readonly ended?: boolean;
}
