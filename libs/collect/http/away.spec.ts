import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { MillraceError } from '@millrace/sdk';
import { mongo } from 'mongoose';
import { createLog, Settings } from '#platform';
import type { Collector } from '../collector/index.ts';
import type { KnownWriteKeys } from '../sources/index.ts';
import { SegmentEndpoints } from './segment-endpoints.ts';

describe('while a service is away', () => {
  it.each([
    ['tells once that it is', new MillraceError('service_unavailable', 'Redis is away.'), 503, 1],
    ['leaves MongoDB to its connection, which tells it', new mongo.MongoNetworkError('connection 3 closed'), 503, 0],
    ['tells each time what nobody foresaw', new Error('no idea'), 500, 3],
  ])('%s', async (_, error, status, told) => {
    const lines: string[] = [];
    const log = createLog({ destination: { write: (line: string) => void lines.push(line) } });
    const keys = { sourceOf: () => Promise.reject(error) } as unknown as KnownWriteKeys;
    const endpoints = new SegmentEndpoints({} as Collector, keys, new Settings(), log);
    const server = createServer(endpoints.handle).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    for (let request = 0; request < 3; request++) {
      const sent = axios.post(`http://127.0.0.1:${port}/track`, { event: 'E' }, { validateStatus: () => true });
      expect(await sent).toMatchObject({ status });
    }
    server.close();
    expect(lines.filter((line) => line.includes('Events could not be collected'))).toHaveLength(told);
  });
});
