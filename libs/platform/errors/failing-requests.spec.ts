import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { mongo } from 'mongoose';
import { startFailingApp, type FailingApp } from '#tools/testing';
import { createLog } from '../log/index.ts';
import { ProblemFilter } from './problem-filter.ts';

const failures: Record<string, Error> = {
  mongodb: new mongo.MongoNetworkError('connection 3 to db1 closed'),
  redis: new MillraceError('service_unavailable', 'Redis is away.'),
  vendor: new MillraceError('invalid_response', 'news.example.com answered with no JSON.'),
  slow: new MillraceError('timeout', 'news.example.com did not answer in time.'),
  nobody: new TypeError('no idea'),
};

describe('of requests that fail, the log has', () => {
  const lines: string[] = [];
  let app: FailingApp;

  beforeAll(async () => {
    const log = createLog({ destination: { write: (line) => void lines.push(line) } });
    app = await startFailingApp(failures, new ProblemFilter(log));
  });
  beforeEach(() => void lines.splice(0));
  afterAll(() => app.close());

  async function ask(why: string): Promise<unknown[]> {
    const answers = [];
    for (let n = 0; n < 3; n++) answers.push((await app.get(why)).status);
    return answers;
  }

  it('nothing where MongoDB is away: its connection tells that', async () => {
    expect(await ask('mongodb')).toEqual([503, 503, 503]);
    expect(lines).toEqual([]);
  });

  it('one line without a stack where another service is', async () => {
    expect(await ask('redis')).toEqual([503, 503, 503]);
    expect(lines).toHaveLength(1);
    expect(lines[0]).toContain('Redis is away.');
    expect(lines[0]).not.toContain('stack');
  });

  it('a warning each, without a stack, where somebody else answered badly', async () => {
    expect(await ask('vendor')).toEqual([502, 502, 502]);
    expect(await ask('slow')).toEqual([504, 504, 504]);
    const told = lines.map((line) => JSON.parse(line) as object);
    const line = (error: string, code: string) =>
      expect.objectContaining({ level: 'warn', error, code, msg: 'A request failed' });
    const vendor = line('news.example.com answered with no JSON.', 'invalid_response');
    const slow = line('news.example.com did not answer in time.', 'timeout');
    expect(told).toEqual([vendor, vendor, vendor, slow, slow, slow]);
    expect(lines.join('')).not.toContain('stack');
  });

  it('each with its stack where nobody foresaw it', async () => {
    expect(await ask('nobody')).toEqual([500, 500, 500]);
    const stacks = lines.map((line) => (JSON.parse(line) as { error: { stack: string } }).error.stack);
    expect(stacks).toHaveLength(3);
    for (const stack of stacks) expect(stack).toMatch(/^TypeError: no idea\n +at /);
  });
});
