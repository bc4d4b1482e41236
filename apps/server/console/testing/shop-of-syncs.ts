import { writeFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { ApiClient, type RunView } from '../../../cli/index.ts';
import type { TestServer } from '../../testing/test-server.ts';

/** Syncs as an operator finds them, and the other systems that they talk to. */
export interface ShopOfSyncs {
  api: ApiClient;
  /** Starts a run, and waits until it has ended or is held. */
  run(sync: string): Promise<RunView>;
  writeRows(file: string, rows: readonly object[]): Promise<void>;
  /** Lets the source of the sync `orders` answer its second page, which it holds back. */
  release(): void;
  /** The source of the sync `invoices` answers with rows from now on. */
  mend(): void;
  close(): void;
}

export const numbered = (count: number): object[] =>
  Array.from({ length: count }, (_, i) => ({ id: i + 1, name: `Item ${i + 1}` }));

/** `people` ends with a reject, `invoices` fails, `stock` is held before it removes 28 of 30 rows, `orders` waits for its source. */
export async function openShop(server: TestServer): Promise<ShopOfSyncs> {
  const api = new ApiClient({ url: server.url, key: server.adminKey });
  let isBroken = true;
  let waiting: ServerResponse | undefined;
  let isReleased = false;
  const remote = createServer(({ url = '' }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://remote');
    const answer = (rows: object[]) =>
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(rows));
    if (pathname === '/invoices' && isBroken) return void response.end('<html>Maintenance</html>');
    if (pathname === '/invoices') return void answer(numbered(3));
    if (pathname !== '/orders') return void response.end();
    if (searchParams.get('page') === '1') return void answer(numbered(50));
    if (searchParams.get('page') !== '2' || isReleased) return void answer([]);
    waiting = response;
  });
  await new Promise<void>((resolve) => remote.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(remote.address() as AddressInfo).port}`;

  const writeRows = (file: string, rows: readonly object[]) =>
    writeFile(join(server.folder, file), rows.map((row) => `${JSON.stringify(row)}\n`).join(''));
  const file = (name: string, path: string) => ({ name, connector: 'file', config: { path, key: ['id'] } });
  await writeRows('customers.jsonl', [
    { id: 1, email: 'ann@example.com' },
    { id: 2, email: 'not an address' },
    { id: 3, email: 'wei@example.com' },
  ]);
  await writeRows('stock.jsonl', numbered(30));
  const paging = { kind: 'page', param: 'page', start: 1, size: { param: 'per_page', value: 50 } };
  const streams = [
    { name: 'orders', path: '/orders', key: ['id'], paging },
    { name: 'invoices', path: '/invoices', key: ['id'] },
  ];
  await api.put('/api/connections/customers', file('Customer list', 'customers.jsonl'));
  await api.put('/api/connections/stock', file('Stock list', 'stock.jsonl'));
  await api.put('/api/connections/erp', { name: 'ERP', connector: 'http-json', config: { baseUrl: url, streams } });
  await api.put('/api/connections/hook', {
    name: 'Web shop',
    connector: 'webhook',
    config: { url: `${url}/hook`, key: ['id'] },
  });
  const to = { connection: 'hook', object: 'rows' };
  const mapping = { id: 'id', name: 'name' };
  await api.put('/api/syncs/people', {
    name: 'People',
    labels: ['shop'],
    from: { connection: 'customers', stream: 'rows' },
    to: { connection: 'profiles', object: 'profile' },
    mapping: { 'identities.email': 'email' },
    schedule: { every: '6h' },
  });
  const from = { connection: 'erp', stream: 'invoices' };
  await api.put('/api/syncs/invoices', { name: 'Invoices', labels: ['finance'], from, to, mapping });
  await api.put('/api/syncs/stock', {
    ...{ name: 'Stock', labels: ['shop'], mode: 'mirror', read: 'full' },
    ...{ from: { connection: 'stock', stream: 'rows' }, to, mapping },
  });
  await api.put('/api/syncs/orders', { name: 'Orders', from: { connection: 'erp', stream: 'orders' }, to, mapping });

  const run = async (sync: string): Promise<RunView> => {
    const { id, ...begun } = await api.post<RunView>(`/api/syncs/${sync}/runs`);
    let now: RunView = { id, ...begun };
    while (!now.endedAt && now.state !== 'held') {
      await delay(25);
      now = await api.get<RunView>(`/api/runs/${id}`);
    }
    return now;
  };
  await run('people');
  await run('invoices');
  await run('stock');
  await writeRows('stock.jsonl', numbered(2));
  await run('stock');
  return {
    ...{ api, run, writeRows },
    release: () => {
      isReleased = true;
      waiting?.end('[]');
    },
    mend: () => void (isBroken = false),
    close: () => {
      waiting?.destroy();
      remote.close();
    },
  };
}
