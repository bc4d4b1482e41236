import { withComposedNames } from '#platform';
import type { Person } from '#profiles';
import { hypotheticalId } from '../compose/index.ts';
import type { JsonObject } from './sample-person.ts';

/** Something that did not happen: what would the mail say if it did, just now? */
export interface HypotheticalEvent {
  name: string;
  properties?: JsonObject;
}

/** The person with the event as their newest one. */
export function withEvent(person: Person, { name, properties = {} }: HypotheticalEvent, clock: Date): Person {
  const event = { id: hypotheticalId, name, at: clock.toISOString(), properties: withComposedNames(properties) };
  return { ...person, events: [event, ...person.events] };
}
