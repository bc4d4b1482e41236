export { EventWriter } from './event-writer.ts';
export { eventModel, eventSchema, type StoredEvent } from './event.schema.ts';
export { readEvent, type EventRow } from './read-event.ts';
