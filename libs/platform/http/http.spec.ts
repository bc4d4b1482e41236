import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { Agent } from 'node:http';
import {
  Body,
  Controller,
  Get,
  HttpException,
  Module,
  NotFoundException,
  Post,
  Query,
  Req,
  type RawBodyRequest,
} from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { NestExpressApplication } from '@nestjs/platform-express';
import { InjectConnection } from '@nestjs/mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MillraceError } from '@millrace/sdk';
import { gate, dropTestDatabase, testServices } from '#tools/testing';
import axios, { type AxiosInstance } from 'axios';
import { Type } from 'class-transformer';
import { IsEmail, IsInt, ValidateNested } from 'class-validator';
import type { Request } from 'express';
import { mongo, Schema, type Connection } from 'mongoose';
import { EventEmitter } from 'node:events';
import { createLog } from '../log/index.ts';
import { PlatformModule } from '../platform.module.ts';
import { Settings } from '../settings/index.ts';
import { decodeCursor, encodeCursor } from './cursor.ts';
import { Idempotent } from './idempotent.ts';
import { PageQuery } from './page-query.ts';
import { prepareApp } from './prepare-app.ts';

class Line {
  @IsInt() count!: number;
}
class Order {
  @IsEmail() email!: string;
  @ValidateNested({ each: true }) @Type(() => Line) lines!: Line[];
}

const work = Object.assign(new EventEmitter(), { done: 0, fail: false, gate: Promise.resolve() });

@Controller('things')
class ThingsController {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  @Get()
  list(@Query() query: PageQuery) {
    return { data: [], next: null, after: query.after, limit: query.limit };
  }

  @Post('orders')
  order(@Body() order: Order) {
    return order;
  }

  @Post('raw')
  raw(@Req() request: RawBodyRequest<Request>) {
    return {
      sha: createHash('sha256')
        .update(request.rawBody ?? '')
        .digest('hex'),
    };
  }

  @Post('once')
  @Idempotent()
  async create(@Body() body: object) {
    work.emit('started');
    await work.gate;
    if (work.fail) throw new MillraceError('service_unavailable', 'Try again.');
    return { number: ++work.done, body };
  }

  @Get('fail/known')
  known(): never {
    throw new MillraceError('rate_limited', 'Slow down.', { retryAfter: 1500, details: { limit: 10 } });
  }
  @Get('fail/unreachable')
  async unreachable() {
    const client = new mongo.MongoClient('mongodb://127.0.0.1:1', { serverSelectionTimeoutMS: 100 });
    try {
      await client.db().command({ ping: 1 });
    } finally {
      await client.close();
    }
  }
  @Get('fail/unknown')
  unknown(): never {
    throw new Error('the password is hunter2');
  }
  @Get('fail/nest')
  nest(): never {
    throw new NotFoundException('No such thing: check its id.');
  }
  @Get('fail/teapot')
  teapot(): never {
    throw new HttpException('I am a teapot', 418);
  }
  @Get('fail/duplicate')
  async duplicate() {
    const names = this.connection.model('Name', new Schema({ _id: String }));
    await names.collection.deleteMany({});
    for (let round = 0; round < 2; round++) await names.collection.insertOne({ _id: 'x' as never });
  }
}

@Module({ controllers: [ThingsController] })
class ThingsModule {}

let app: NestExpressApplication;
let http: AxiosInstance;
const lines: string[] = [];

beforeAll(async () => {
  const { mongodbUri, redisUrl } = testServices();
  const settings = new Settings({ mongodbUri, redisUrl, masterKey: randomBytes(32).toString('base64') });
  const log = createLog({ destination: { write: (line) => void lines.push(line) } });
  app = await NestFactory.create<NestExpressApplication>(
    { module: ThingsModule, imports: [PlatformModule.forRoot(settings, { log })] },
    { logger: false, rawBody: true, bodyParser: false },
  );
  prepareApp(app, { bodyLimit: 1000 });
  await app.listen(0, '127.0.0.1');
  http = axios.create({ baseURL: await app.getUrl(), validateStatus: null, proxy: false });
});

afterAll(async () => {
  await app.close();
  await dropTestDatabase(testServices());
});

beforeEach(() => {
  lines.length = 0;
  Object.assign(work, { fail: false, gate: Promise.resolve() });
});

describe('problems', () => {
  it.each([
    ['known', 429, 'rate_limited', 'Slow down.'],
    ['nest', 404, 'not_found', 'No such thing: check its id.'],
    ['teapot', 418, 'bad_request', 'I am a teapot'],
    ['duplicate', 409, 'conflict', expect.stringContaining('exists already')],
    ['unreachable', 503, 'service_unavailable', expect.stringContaining('MongoDB cannot be reached')],
    ['unknown', 500, 'internal', expect.stringContaining('inside Millrace')],
  ])('renders one that is %s', async (kind, status, code, detail) => {
    const { data, headers, status: answered } = await http.get<unknown>(`/things/fail/${kind}`);
    expect(answered).toBe(status);
    expect(headers['content-type']).toContain('application/problem+json');
    expect(data).toMatchObject({
      status,
      code,
      detail,
      type: `urn:millrace:error:${code}`,
      instance: String(headers['x-request-id']),
    });
  });

  it('tells when to come back', async () => {
    const { data, headers } = await http.get<unknown>('/things/fail/known');
    expect(headers['retry-after']).toBe('2');
    expect(data).toMatchObject({ details: { limit: 10 } });
  });

  it('tells it of a service that is away, too, and not of what will not be another answer', async () => {
    expect((await http.get('/things/fail/unreachable')).headers['retry-after']).toBe('5');
    expect((await http.get('/things/fail/duplicate')).headers).not.toHaveProperty('retry-after');
  });

  it('keeps what nobody foresaw to the log, under the id of the request', async () => {
    const { data } = await http.get<unknown>('/things/fail/unknown', { headers: { 'x-request-id': 'mine-12345' } });
    expect(JSON.stringify(data)).not.toMatch(/hunter2|stack|\.ts/);
    expect(data).toMatchObject({ instance: 'mine-12345' });
    expect(lines.map((line) => JSON.parse(line) as object)).toContainEqual(
      expect.objectContaining({
        level: 'error',
        request: 'mine-12345',
        error: expect.objectContaining({ stack: expect.any(String) }),
      }),
    );
  });

  it('names a body that is not JSON, or too large', async () => {
    const raw = { headers: { 'content-type': 'application/json' }, transformRequest: (body: unknown) => body };
    expect((await http.post<unknown>('/things/orders', '{"a":', raw)).data).toMatchObject({
      status: 400,
      code: 'invalid_json',
    });
    const large = JSON.stringify({ a: 'x'.repeat(2000) });
    expect((await http.post<unknown>('/things/orders', large, raw)).data).toMatchObject({
      status: 413,
      code: 'payload_too_large',
    });
  });

  it('names an unknown route', async () => {
    expect((await http.get<unknown>('/nowhere')).data).toMatchObject({ status: 404, code: 'not_found' });
  });

  it('lists every fault of a body with its path', async () => {
    const { data } = await http.post<unknown>('/things/orders', {
      email: 'x',
      lines: [{ count: 1 }, { count: 'a' }],
      extra: 1,
    });
    const paths = (data as { details: { faults: { path: string }[] } }).details.faults.map(({ path }) => path);
    expect(data).toMatchObject({ code: 'bad_request', status: 400 });
    expect(paths.sort()).toEqual(['email', 'extra', 'lines.1.count']);
  });
});

describe('requests', () => {
  it('get safe headers and an id', async () => {
    const { headers } = await http.get<unknown>('/healthz');
    expect(headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'x-request-id': expect.stringMatching(/^req_/),
    });
    expect(headers['x-powered-by']).toBeUndefined();
  });

  it('keep connections for longer than those before them do', async () => {
    const { headers } = await http.get('/things', { httpAgent: new Agent({ keepAlive: true, maxSockets: 1 }) });
    expect(headers['keep-alive']).toBe('timeout=75');
  });

  it('page through lists', async () => {
    expect((await http.get<unknown>('/things')).data).toMatchObject({ limit: 50 });
    expect((await http.get<unknown>('/things?limit=200&after=abc')).data).toMatchObject({ limit: 200, after: 'abc' });
    for (const bad of ['limit=0', 'limit=201', 'limit=x', 'other=1', 'after[$ne]=1', 'after=a&after=b']) {
      expect((await http.get<unknown>(`/things?${bad}`)).data).toMatchObject({ code: 'bad_request' });
    }
  });

  it('keep the raw bytes, for signatures', async () => {
    const body = '{ "a":  1 }';
    const { data } = await http.post<unknown>('/things/raw', body, { headers: { 'content-type': 'application/json' } });
    expect(data).toEqual({ sha: createHash('sha256').update(body).digest('hex') });
  });
});

describe('cursors', () => {
  it('come back as they were, and refuse what is none', () => {
    expect(decodeCursor(encodeCursor({ id: 'a', at: [1, 'é'] }))).toEqual({ id: 'a', at: [1, 'é'] });
    for (const bad of ['', '%', 'abc', '{"id":1}']) {
      expect(() => decodeCursor(bad)).toThrow(expect.objectContaining({ code: 'bad_request' }));
    }
  });
});

describe('Idempotent', () => {
  const post = (key: string | undefined, body: object, authorization = 'Bearer a') =>
    http.post<unknown>('/things/once', body, {
      headers: { authorization, ...(key === undefined ? {} : { 'idempotency-key': key }) },
    });

  it('gives the first answer again, to the same caller', async () => {
    const first = await post('k1', { a: 1 });
    const again = await post('k1', { a: 1 });
    expect(first.status).toBe(201);
    expect({ status: again.status, data: again.data }).toEqual({ status: 201, data: first.data });
    expect(again.headers['idempotency-replayed']).toBe('true');
    expect((await post('k1', { a: 1 }, 'Bearer b')).data).not.toEqual(first.data);
    expect((await post('k2', { a: 1 })).data).not.toEqual(first.data);
    expect((await post(undefined, { a: 1 })).data).not.toEqual((await post(undefined, { a: 1 })).data);
  });

  it('refuses the key for another body, and keys that are none', async () => {
    await post('k3', { a: 1 });
    expect((await post('k3', { a: 2 })).data).toMatchObject({ code: 'conflict' });
    expect((await post('x'.repeat(256), {})).data).toMatchObject({ code: 'bad_request' });
  });

  it('does the work once when the same request comes twice at the same time', async () => {
    const { opened, open } = gate();
    work.gate = opened;
    const started = once(work, 'started');
    const before = work.done;
    const first = post('k4', {});
    await started;
    expect((await post('k4', {})).data).toMatchObject({
      code: 'conflict',
      detail: expect.stringContaining('still running'),
    });
    open();
    expect((await first).status).toBe(201);
    expect(work.done).toBe(before + 1);
  });

  it('lets a failed request be tried again', async () => {
    work.fail = true;
    expect((await post('k5', {})).status).toBe(503);
    work.fail = false;
    expect((await post('k5', {})).status).toBe(201);
  });

  it('stores answers sealed, for a day', async () => {
    await post('k6', { apiKey: 'plain-secret' });
    const connection = app.get<Connection>('DatabaseConnection');
    const stored = await connection.collection('idempotency_keys').find().toArray();
    expect(JSON.stringify(stored)).not.toContain('plain-secret');
    const indexes = await connection.collection('idempotency_keys').indexes();
    expect(indexes).toContainEqual(expect.objectContaining({ key: { expiresAt: 1 }, expireAfterSeconds: 0 }));
  });
});
