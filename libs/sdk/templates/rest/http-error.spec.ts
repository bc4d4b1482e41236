import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { MillraceError } from '../../index.ts';
import { localServer, type LocalServer } from '../testing/local-server.ts';
import { httpError } from './http-error.ts';

describe('httpError', () => {
  let server: LocalServer;
  beforeAll(async () => {
    server = await localServer(({ url }, response) => {
      if (url.pathname !== '/403') response.setHeader('retry-after', '7');
      response.statusCode = Number(url.pathname.split('/')[1]);
      return {};
    });
  });
  afterAll(() => server.close());

  it.each([
    ['401', 'authentication_failed', false],
    ['403', 'permission_denied', false],
    ['403/limited', 'rate_limited', true],
    ['404', 'remote_rejected', false],
    ['408', 'timeout', true],
    ['429', 'rate_limited', true],
    ['503', 'remote_error', true],
  ])('makes of status %s the code %s', async (path, code, retryable) => {
    const thrown: unknown = await axios
      .get(`${server.url}/${path}`, { headers: { authorization: 'Bearer s3cret' } })
      .catch((error: unknown) => error);
    const error = httpError(thrown);
    const retryAfter = path === '403' ? undefined : 7000;
    expect(error).toMatchObject({ code, retryable, retryAfter, details: { status: parseInt(path) } });
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
