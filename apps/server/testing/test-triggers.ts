import { startReceiver, type Receiver } from '#tools/testing';
import { startTestServer, type TestServer } from './test-server.ts';

export type FiringView = Record<'id' | 'profile' | 'state' | 'reason', string>;

/** A server that collects, with triggers that call a receiver. */
export interface TestTriggers {
  server: TestServer;
  receiver: Receiver;
  /** `/v1/track`, `/v1/identify`. Throws unless it was taken. */
  send(type: 'track' | 'identify', message: object): Promise<void>;
  /** On the event `Added`, calling the receiver at `/<slug>`, unless it is said otherwise. Throws unless it was taken. */
  put(slug: string, more?: object): Promise<void>;
  /** As soon as enough of a trigger's firings are so far; newest first. */
  firings(slug: string, enough: (found: FiringView[]) => boolean): Promise<FiringView[]>;
  /** Likewise: so many that nothing is to be done about any more. */
  settled(slug: string, count: number): Promise<FiringView[]>;
  /** Whose profile it is, as soon as there is one that is accepted. */
  idOf(identity: string, accept?: (id: string) => boolean): Promise<string>;
  close(): Promise<void>;
}

export async function testTriggers(): Promise<TestTriggers> {
  const server = await startTestServer();
  const { http } = server;
  const receiver = await startReceiver();
  receiver.answer = () => ({ status: 200, body: 'ok' });
  const { data: source } = await http.post<{ writeKey: string }>('/api/sources', { name: 'Shop' });
  const authorization = `Basic ${Buffer.from(`${source.writeKey}:`).toString('base64')}`;
  const pause = () => new Promise((resolve) => setTimeout(resolve, 50));

  async function firings(slug: string, enough: (found: FiringView[]) => boolean): Promise<FiringView[]> {
    for (;;) {
      const { data } = await http.get<{ data: FiringView[] }>(`/api/triggers/${slug}/firings`);
      if (enough(data.data)) return data.data;
      await pause();
    }
  }

  return {
    server,
    receiver,
    firings,
    async send(type, message) {
      const body = { timestamp: new Date().toISOString(), ...message };
      const { status } = await http.post(`/v1/${type}`, body, { headers: { authorization } });
      if (status !== 200) throw new Error(`not collected: ${status}`);
    },
    async put(slug, more = {}) {
      const body = { on: { event: 'Added' }, do: { webhook: { url: `${receiver.url}/${slug}` } }, ...more };
      const { status, data } = await http.put<unknown>(`/api/triggers/${slug}`, body);
      if (status >= 300) throw new Error(`not taken: ${JSON.stringify(data)}`);
    },
    settled: (slug, count) =>
      firings(
        slug,
        (found) => found.length >= count && !found.some(({ state }) => ['pending', 'waiting'].includes(state)),
      ),
    async idOf(identity, accept = () => true) {
      for (;;) {
        const { data } = await http.post<{ id?: string }>('/api/profiles/lookup', { identity });
        if (data.id !== undefined && accept(data.id)) return data.id;
        await pause();
      }
    },
    async close() {
      receiver.close();
      await server.close();
    },
  };
}
