import { mongo } from 'mongoose';
import { testServices } from '#tools/testing';
import type { TestServer } from './test-server.ts';

/** Lets so much time pass for a trigger that what waits is due, or only what was set off by events with these properties. */
export async function endWaits(trigger: string, properties: Record<string, unknown> = {}): Promise<void> {
  const client = new mongo.MongoClient(testServices().mongodbUri);
  try {
    const causes = Object.entries(properties).map(([name, value]) => [`cause.properties.${name}`, value]);
    const waiting = { trigger, state: 'waiting', ...(Object.fromEntries(causes) as object) };
    await client
      .db()
      .collection('trigger_firings')
      .updateMany(waiting, { $set: { dueAt: new Date(), readyAt: new Date() } });
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
