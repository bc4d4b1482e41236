import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { MillraceError } from '../../index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { httpError } from './http-error.ts';

describe('httpError', () => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await localServer(({ url }, response) => {
      response.setHeader('retry-after', '7');
      response.statusCode = Number(url.pathname.slice(1));
      return {};
    });
  });
  afterAll(() => server.close());

  it.each([
    [401, 'authentication_failed', false],
    [403, 'permission_denied', false],
    [404, 'remote_rejected', false],
    [408, 'timeout', true],
    [429, 'rate_limited', true],
    [503, 'remote_error', true],
  ])('makes of status %i the code %s', async (status, code, retryable) => {
    const thrown: unknown = await axios
      .get(`${server.url}/${status}`, { headers: { authorization: 'Bearer s3cret' } })
      .catch((error: unknown) => error);
    const error = httpError(thrown);
    expect(error).toMatchObject({ code, retryable, retryAfter: 7000, details: { status } });
    expect(JSON.stringify(error)).not.toContain('s3cret');
  });

  it('tells a host that is not there', async () => {
    const thrown: unknown = await axios.get('http://127.0.0.1:1/').catch((error: unknown) => error);
    expect(httpError(thrown)).toMatchObject({
      code: 'unreachable',
      message: expect.stringContaining('127.0.0.1:1') as unknown as string,
    });
  });

  it('lets everything else pass', () => {
    const own = new MillraceError('timeout', 'x');
    const other = new TypeError('x');
    expect([httpError(own), httpError(other)]).toEqual([own, other]);
  });
});
