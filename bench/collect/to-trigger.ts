import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { json } from 'node:stream/consumers';
import type { ServerProcess } from '../kit/server-process.ts';
import { probe, type Load } from './probe.ts';

const path = '/api/triggers/bench';
const event = 'Trigger Probe';

interface Call {
  data: { person: { identities: { user: string } } };
}

/** Milliseconds from the 200 of an event to the arrival of the call of a trigger's webhook, each of a new person; sorted. */
export async function toTrigger(load: Load, { api }: Pick<ServerProcess, 'api'>): Promise<number[]> {
  const seenAt = new Map<string, number>();
  const receiver = createServer((request, response) => {
    const at = performance.now();
    void json(request).then((body) => {
      const { user } = (body as Call).data.person.identities;
      if (!seenAt.has(user)) seenAt.set(user, at);
      response.end();
    });
  });
  receiver.listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  const url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}`;
  await api.put(path, { on: { event }, do: { webhook: { url } } });
  const track = async (): Promise<string> => {
    const userId = `probe-${randomUUID()}`;
    await load.sender.post('/v1/track', { userId, messageId: userId, event, timestamp: new Date().toISOString() });
    return userId;
  };
  const latencies = await probe(load, track, seenAt);
  await api.delete(path);
  receiver.close();
  receiver.closeAllConnections();
  return latencies;
}
