import { afterEach, describe, expect, it } from '@jest/globals';
import { wholeStream, type Page, type Stream } from '../../index.ts';
import { testContext } from '../../testing/index.ts';
import { restSource } from '../rest/rest-source.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { askGraphql } from './index.ts';

type Answer = Parameters<typeof localServer>[0];

let server: LocalServer | undefined;
afterEach(() => server?.close());

const throttled = {
  errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED' } }],
  extensions: { cost: { requestedQueryCost: 70, throttleStatus: { currentlyAvailable: 66, restoreRate: 50 } } },
};
const error = (message: string, more: object = {}) => ({ message, ...more });
const list = (nodes: unknown, more: object = {}) => ({ data: { customers: { nodes } }, ...more });

/** Answers one after the other; the last one again and again. */
function inTurn(...answers: unknown[]): Answer {
  return () => (answers.length > 1 ? answers.shift() : answers[0]);
}

async function context(answer: Answer) {
  await server?.close();
  server = await localServer(answer);
  return testContext({}, { settings: { baseURL: server.url, retries: 0 } });
}

async function read(answer: Answer): Promise<Page[]> {
  const query = 'query ($after: String) { customers(first: 2, after: $after) { nodes { id email } } }';
  const definition = { path: '/graphql', method: 'POST' as const, body: { query }, records: 'data.customers.nodes' };
  const { streams } = restSource({ streams: { customers: definition } });
  const { customers } = streams as Record<string, Stream>;
  const reading = { slice: wholeStream, until: new Date().toISOString(), stream: { name: 'customers', key: ['id'] } };
  const pages: Page[] = [];
  for await (const page of customers?.read?.({ ...(await context(answer)), ...reading }) ?? []) pages.push(page);
  return pages;
}

describe('a stream over GraphQL', () => {
  it('waits where the API is throttled, though the status is 200', async () => {
    const [page] = await read(inTurn(throttled, throttled, list([{ id: 1 }])));
    expect(page?.records).toEqual([{ id: 1 }]);
    expect(server?.requests).toHaveLength(3);
  });

  it('leaves a longer wait to the engine', async () => {
    const cost = { requestedQueryCost: 9_000, throttleStatus: { currentlyAvailable: 0, restoreRate: 50 } };
    await expect(read(inTurn({ ...throttled, extensions: { cost } }))).rejects.toMatchObject({
      code: 'rate_limited',
      retryable: true,
      retryAfter: 180_000,
    });
    expect(server?.requests).toHaveLength(1);
  });

  it.each<[string, object, string, boolean]>([
    ['a request that is not understood', { errors: [error('Field "x" does not exist')] }, 'remote_rejected', false],
    ['a field that failed', { data: null, errors: [error('Something went wrong')] }, 'remote_error', true],
    ['a list that is null for an error', { ...list(null), errors: [error('Oh no')] }, 'remote_error', true],
    [
      'credentials that are refused',
      { errors: [error('No.', { extensions: { code: 'UNAUTHENTICATED' } })] },
      'authentication_failed',
      false,
    ],
    [
      'a permission that is missing',
      { data: { customers: null }, errors: [error('No.', { type: 'INSUFFICIENT_SCOPES' })] },
      'permission_denied',
      false,
    ],
    [
      'trouble on the other side',
      { errors: [error('Oh no.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })] },
      'remote_error',
      true,
    ],
  ])('fails with what the errors say: %s', async (_, answer, code, retryable) => {
    const [said] = (answer as { errors: { message: string }[] }).errors;
    await expect(read(inTurn(answer))).rejects.toMatchObject({
      code,
      retryable,
      message: expect.stringContaining(said?.message ?? '') as unknown,
    });
  });

  it('rejects a record that lacks something for an error, and takes the others', async () => {
    const errors = [error('No access to email', { path: ['customers', 'nodes', 1, 'email'] })];
    const [page] = await read(
      inTurn(
        list(
          [
            { id: 1, email: 'a@x.com' },
            { id: 2, email: null },
          ],
          { errors },
        ),
      ),
    );
    expect(page).toMatchObject({
      records: [{ id: 1, email: 'a@x.com' }],
      rejects: [{ position: 'page 1, record 2', code: 'remote_error', raw: '{"id":2,"email":null}' }], // no row to replay
    });
    expect(page?.rejects?.[0]?.message).toContain('"email" of the record: "No access to email"');
  });

  it('takes no other API for GraphQL', async () => {
    const [page] = await read(inTurn(list([{ id: 1 }], { errors: [error('x')], page: 1 })));
    expect(page?.records).toEqual([{ id: 1 }]);
  });
});

describe('asking GraphQL', () => {
  const ask = async (answer: Answer) =>
    askGraphql(await context(answer), { path: '/graphql', query: '{ shop { name } }' });

  it('gives the data, after waiting where that is asked for', async () => {
    expect(await ask(inTurn(throttled, { data: { shop: { name: 'Teas' } } }))).toEqual({ shop: { name: 'Teas' } });
  });

  it('does not repeat what was done in part', async () => {
    await expect(ask(inTurn({ ...throttled, data: { shop: null } }))).rejects.toMatchObject({ code: 'rate_limited' });
    expect(server?.requests).toHaveLength(1);
  });

  it.each([[{}], [[]], [{ data: null }]])('says that %j has no data', async (answer) => {
    await expect(ask(inTurn(answer))).rejects.toMatchObject({ code: 'invalid_response' });
  });
});
