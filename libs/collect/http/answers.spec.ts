import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { mongo } from 'mongoose';
import { MillraceError } from '@millrace/sdk';
import { answerProblem } from './answers.ts';

describe('an answer to a request that failed', () => {
  it.each([
    ['MongoDB is away', new mongo.MongoNetworkError('connection 3 to 127.0.0.1:27017 closed'), 503, '5'],
    ['too much arrives', new MillraceError('rate_limited', 'Slowly.', { retryAfter: 1_000 }), 429, '1'],
    ['the key is wrong', new MillraceError('unauthenticated', 'It is wrong.'), 401, undefined],
    ['nobody knows why', new Error('no idea'), 500, undefined],
  ])('says when to send again: %s', async (_, thrown, status, retryAfter) => {
    const server = createServer((_, response) => void answerProblem(response, thrown)).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    const answer = await axios.get<unknown>(`http://127.0.0.1:${port}/`, { validateStatus: () => true });
    server.close();
    expect([answer.status, answer.headers['retry-after']]).toEqual([status, retryAfter]);
    expect(answer.headers['x-ratelimit-reset'] === undefined).toBe(retryAfter === undefined);
    expect(answer.data).toMatchObject({ success: false, status });
  });
});
