import { afterEach, describe, expect, it } from '@jest/globals';
import { fakeServer, type FakeServer } from '../testing/fake-server.ts';
import { ApiClient } from './api-client.ts';
import { ApiError } from './api-error.ts';

let server: FakeServer | undefined;
afterEach(() => server?.close());

async function clientOf(answers: Record<string, unknown>): Promise<ApiClient> {
  server = await fakeServer(answers);
  return new ApiClient({ url: server.url, key: 'mr_key' });
}

describe('ApiClient', () => {
  it('sends the key and gives the answer', async () => {
    const api = await clientOf({ 'POST /api/keys': { id: 'key_1' } });
    expect(await api.post('/api/keys', { name: 'a' })).toEqual({ id: 'key_1' });
    expect(server?.asked).toEqual([{ request: 'POST /api/keys', authorization: 'Bearer mr_key', body: { name: 'a' } }]);
  });

  it('reads a list page by page', async () => {
    const api = await clientOf({
      'GET /api/syncs?limit=200': { data: [1, 2], next: 'b' },
      'GET /api/syncs?limit=200&after=b': { data: [3], next: null },
    });
    const all: number[] = [];
    for await (const item of api.all<number>('/api/syncs')) all.push(item);
    expect(all).toEqual([1, 2, 3]);
  });

  it('makes an error of a problem', async () => {
    const api = await clientOf({});
    const error: unknown = await api.get('/api/runs/x').catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ApiError);
    expect(error).toMatchObject({
      status: 404,
      code: 'not_found',
      message: 'Nothing is at GET /api/runs/x. Check it.',
    });
  });

  it('says what to do when nobody answers', async () => {
    const api = await clientOf({});
    await server?.close();
    await expect(api.get('/api/me')).rejects.toMatchObject({
      status: 0,
      code: 'unreachable',
      message: expect.stringMatching(/No server answers at http:.* Start it, or set MILLRACE_URL/) as unknown,
    });
  });
});
