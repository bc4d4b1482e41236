import { mongo } from 'mongoose';
import { testServices } from '#tools/testing';
import type { TestServer } from './test-server.ts';

interface Stored extends mongo.Document {
  _id: string;
}

/** Lets so much time pass for a trigger that what waits is due, or only what was set off by events with these properties. */
export async function endWaits(trigger: string, properties: Record<string, unknown> = {}): Promise<void> {
  const causes = Object.entries(properties).map(([name, value]) => [`cause.properties.${name}`, value]);
  const waiting = { trigger, state: 'waiting', ...(Object.fromEntries(causes) as object) };
  await change('trigger_firings', waiting, { dueAt: new Date(), readyAt: new Date() });
}

/** Lets so many milliseconds pass for what waits, with the trigger as it was all the time. */
export async function letPass(trigger: string, milliseconds: number): Promise<void> {
  const past = new Date(Date.now() - milliseconds);
  await change('triggers', { _id: trigger }, { activeSince: past });
  const times = { 'cause.at': past, createdAt: past, dueAt: past, readyAt: past };
  await change('trigger_firings', { trigger, state: 'waiting' }, times);
}

/** A further failure of what is tried again is the last one. */
export async function losePatience(trigger: string): Promise<void> {
  await change(
    'trigger_firings',
    { trigger, state: 'pending' },
    { dueAt: new Date(), readyAt: new Date(0), attempts: 9 },
  );
}

/** Lets so much time pass that who is to be told of what is wrong just now is told, however long the rule waits for more. */
export const endAlertWaits = (): Promise<void> => change('alerts', { open: true }, { openedAt: new Date(0) });

async function change(collection: string, which: mongo.Filter<Stored>, fields: object): Promise<void> {
  const client = new mongo.MongoClient(testServices().mongodbUri);
  try {
    await client.db().collection<Stored>(collection).updateMany(which, { $set: fields });
  } finally {
    await client.close();
  }
}

/** As soon as the store knows of a person's event. */
export async function happened({ http }: TestServer, identity: string, event: string): Promise<void> {
  for (;;) {
    const { data: person } = await http.post<{ id?: string }>('/api/profiles/lookup', { identity });
    const path = `/api/profiles/${person.id}/timeline?kinds=event`;
    const { data } = person.id ? await http.get<{ data: { event: { name: string } }[] }>(path) : { data: { data: [] } };
    if (data.data.some((entry) => entry.event.name === event)) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
