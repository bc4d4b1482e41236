import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { describeWithPostgres, startPostgres, type Postgres } from '#tools/postgres';
import { ApiClient, type PreviewView, type RunView } from '../../cli/index.ts';
import { endedRun } from '../testing/ended-run.ts';
import { startTestServer, type TestServer } from '../testing/test-server.ts';
import { chinookFolder, hasChinook, loadChinook } from './chinook-data.ts';
import { startReceiver, type Receiver } from './receiver.ts';

const suite = hasChinook ? describeWithPostgres : describe.skip;
if (!hasChinook) process.stdout.write('Skipped: the Chinook data (../shared/data/chinook) is not on this machine.\n');

interface OrderView {
  total: number;
  lines: unknown[];
}

interface TimelineEntry {
  kind: 'order' | 'event';
  order: OrderView;
}

const signingSecret = `whsec_${randomBytes(32).toString('base64')}`;

const mail = `<p>Hello {{defaultIfEmpty firstName "there"}},</p>
{{#if company}}<p>Greetings to {{company}}.</p>{{else}}<p>Just for you.</p>{{/if}}
<ul>{{#each lastOrder.lines}}<li>{{name}}</li>{{/each}}</ul>`;

suite('Chinook, from files and PostgreSQL to previews and a webhook', () => {
  let postgres: Postgres;
  let receiver: Receiver;
  let server: TestServer;
  let api: ApiClient;

  beforeAll(async () => {
    postgres = await startPostgres();
    await loadChinook(postgres.url);
    receiver = await startReceiver(signingSecret);
    server = await startTestServer({ fileRoots: [chinookFolder] });
    api = new ApiClient({ url: server.url, key: server.adminKey });
  });

  afterAll(async () => {
    await server?.close();
    await receiver?.close();
    await postgres?.stop();
  });

  it('reads the customers from CSV', async () => {
    await api.put('/api/connections/shop-files', {
      name: 'Files',
      connector: 'file',
      config: { path: 'Customer.csv', key: ['CustomerId'] },
    });
    await sync('customers', {
      from: { connection: 'shop-files', stream: 'rows' },
      to: { connection: 'profiles', object: 'profile' },
      mapping: {
        'identities.email': 'Email | trim | lower',
        'identities.customer_id': 'CustomerId',
        'traits.firstName': 'FirstName',
        'traits.lastName': 'LastName',
        'traits.company': 'Company',
        'traits.city': 'City',
        'traits.country': 'Country',
      },
    });
    expect((await run('customers')).ledger).toMatchObject({ read: 59, written: 59, rejected: 0 });
  });

  it('reads invoices and their lines from PostgreSQL', async () => {
    const { host, port, database, user, password } = postgres;
    await api.put('/api/connections/shop-db', {
      name: 'Database',
      connector: 'postgres',
      config: { host, port, database, user, password, ssl: 'disable' },
    });
    expect(await api.post('/api/connections/shop-db/check')).toMatchObject({ ok: true });
    const { data: streams } = await api.get<{ data: { name: string; key: string[] }[] }>(
      '/api/connections/shop-db/streams',
    );
    expect(streams).toContainEqual(expect.objectContaining({ name: 'invoice', key: ['InvoiceId'] }));

    await sync('invoice-lines', {
      from: { connection: 'shop-db', stream: 'invoice_line_named', key: ['InvoiceLineId'] },
      to: { connection: 'profiles', object: 'order' },
      mapping: {
        id: 'InvoiceId',
        'line.id': 'InvoiceLineId',
        'line.product': 'TrackId',
        'line.name': 'TrackName',
        'line.quantity': 'Quantity',
        'line.price': 'UnitPrice | number',
      },
    });
    await sync('invoices', {
      from: { connection: 'shop-db', stream: 'invoice' },
      to: { connection: 'profiles', object: 'order' },
      mapping: {
        id: 'InvoiceId',
        'identities.customer_id': 'CustomerId',
        at: 'InvoiceDate',
        total: 'Total | number',
        currency: { value: 'USD' },
      },
    });
    // Lines first: an order and its lines may come in any order.
    expect((await run('invoice-lines')).ledger).toMatchObject({ read: 2_240, written: 2_240 });
    expect((await run('invoices')).ledger).toMatchObject({ read: 412, written: 412 });
  });

  it('has 59 people, whose 412 orders sum to 2,328.60 over 2,240 lines', async () => {
    const orders: OrderView[] = [];
    let people = 0;
    for await (const { id } of api.all<{ id: string }>('/api/profiles')) {
      people++;
      for await (const { kind, order } of api.all<TimelineEntry>(`/api/profiles/${id}/timeline`))
        if (kind === 'order') orders.push(order);
    }
    expect(people).toBe(59);
    expect(orders).toHaveLength(412);
    expect(orders.reduce((sum, { total }) => sum + total, 0)).toBeCloseTo(2_328.6, 6);
    expect(orders.flatMap(({ lines }) => lines)).toHaveLength(2_240);
  });

  it('changes nothing when it reads the same again', async () => {
    expect((await run('customers')).ledger).toMatchObject({ read: 59, written: 0, unchanged: 59 });
    expect((await run('invoices')).ledger).toMatchObject({ read: 412, written: 0, unchanged: 412 });
  });

  it('greets Luís and lists the tracks of his last order by name', async () => {
    const preview = await api.post<PreviewView>('/api/preview', {
      subject: 'Your last order, {{firstName}}',
      source: mail,
      identity: 'luisg@embraer.com.br',
    });
    expect(preview.subject).toBe('Your last order, Luís');
    expect(preview.html).toContain('Hello Luís,');
    expect(preview.html).toContain('Embraer - Empresa Brasileira de Aeronáutica S.A.');
    expect(await tracksOfLastInvoice(1)).not.toHaveLength(0);
    for (const track of await tracksOfLastInvoice(1)) expect(preview.text).toContain(track);
  });

  it('shows somebody without a company what there is instead, and says that it is missing', async () => {
    const preview = await api.post<PreviewView>('/api/preview', {
      subject: 'Hi',
      source: mail,
      identity: 'leonekohler@surfeu.de',
    });
    expect(preview.html).toContain('Just for you.');
    expect(preview.tokens).toContainEqual(expect.objectContaining({ path: 'company', missing: true }));
  });

  it('pushes the people of Brazil, and only them, to a signed webhook', async () => {
    await api.put('/api/connections/receiver', {
      name: 'Receiver',
      connector: 'webhook',
      config: { url: receiver.url, secret: signingSecret, key: ['email'] },
    });
    await sync('brazil', {
      from: { connection: 'profiles', stream: 'profile' },
      to: { connection: 'receiver', object: 'rows' },
      filter: { field: 'traits.country', is: 'equals', value: 'Brazil' },
      mapping: { email: 'identities.email', firstName: 'traits.firstName', country: 'traits.country' },
    });
    expect((await run('brazil')).ledger).toMatchObject({ read: 59, written: 5, filtered: 54 });
    expect(receiver.refused).toBe(0);
    expect(receiver.rows.map(({ country }) => country)).toEqual(new Array(5).fill('Brazil'));
    expect(receiver.rows).toContainEqual({ email: 'luisg@embraer.com.br', firstName: 'Luís', country: 'Brazil' });
  });

  const sync = (slug: string, body: object): Promise<unknown> => api.put(`/api/syncs/${slug}`, { name: slug, ...body });

  async function run(slug: string): Promise<RunView> {
    const current = await endedRun(api, await api.post<RunView>(`/api/syncs/${slug}/runs`));
    expect({ state: current.state, reason: current.reason }).toEqual({ state: 'succeeded', reason: undefined });
    return current;
  }

  async function tracksOfLastInvoice(customer: number): Promise<string[]> {
    const { Client } = await import('pg');
    const client = new Client({ connectionString: postgres.url });
    await client.connect();
    const { rows } = await client.query<{ TrackName: string }>(
      `SELECT "TrackName" FROM invoice_line_named WHERE "InvoiceId" =
        (SELECT "InvoiceId" FROM invoice WHERE "CustomerId" = $1 ORDER BY "InvoiceDate" DESC LIMIT 1)`,
      [customer],
    );
    await client.end();
    return rows.map(({ TrackName }) => TrackName);
  }
});
