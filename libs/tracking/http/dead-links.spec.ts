import { Controller, Get, Module, Param, type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios, { type AxiosInstance } from 'axios';
import { mongo } from 'mongoose';
import { createLog } from '#platform';
import { DeadLinks } from './dead-links.ts';

@Controller()
class FailingController {
  @Get(':why')
  fail(@Param('why') why: string): never {
    throw why === 'mongodb' ? new mongo.MongoNetworkError('connection 3 to db1 closed') : new TypeError('no idea');
  }
}

@Module({ controllers: [FailingController] })
class FailingModule {}

describe('a link that cannot be followed', () => {
  const lines: string[] = [];
  let app: INestApplication;
  let http: AxiosInstance;

  beforeAll(async () => {
    app = await NestFactory.create(FailingModule, { logger: false });
    app.useGlobalFilters(new DeadLinks(createLog({ destination: { write: (line) => void lines.push(line) } })));
    await app.listen(0, '127.0.0.1');
    http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false });
  });
  beforeEach(() => void lines.splice(0));
  afterAll(() => app.close());

  it('logs nothing where MongoDB is away: its connection tells that', async () => {
    expect((await http.get('/mongodb')).status).toBe(503);
    expect(lines).toEqual([]);
  });

  it('logs a stack where nobody foresaw it', async () => {
    expect((await http.get('/nobody')).status).toBe(503);
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      expect.objectContaining({
        level: 'error',
        msg: 'A link could not be followed',
        error: expect.objectContaining({ stack: expect.any(String) }),
      }),
    ]);
  });
});
