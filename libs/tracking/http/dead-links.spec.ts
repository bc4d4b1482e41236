import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { createLog } from '#platform';
import { startFailingApp, type FailingApp } from '#tools/testing';
import { DeadLinks } from './dead-links.ts';

describe('a link that cannot be followed', () => {
  const lines: string[] = [];
  let app: FailingApp;
  beforeAll(async () => {
    const log = createLog({ destination: { write: (line) => void lines.push(line) } });
    const failures = { mongodb: new mongo.MongoNetworkError('connection closed'), nobody: new TypeError('no idea') };
    app = await startFailingApp(failures, new DeadLinks(log));
  });
  beforeEach(() => void lines.splice(0));
  afterAll(() => app.close());

  it('may be asked again where MongoDB is away, and logs nothing: its connection tells that', async () => {
    const { status, headers } = await app.get('mongodb');
    expect([status, headers['retry-after']]).toEqual([503, '5']);
    expect(lines).toEqual([]);
  });

  it('logs a stack where nobody foresaw it', async () => {
    expect((await app.get('nobody')).status).toBe(503);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'error',
        msg: 'A link could not be followed',
        error: expect.objectContaining({ stack: expect.any(String) }),
      }),
    ]);
  });
});
