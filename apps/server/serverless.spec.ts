import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mongo } from 'mongoose';
import { startGoogleFunction, type GoogleFunction } from '#tools/google-functions';
import { describeWithLambda, startLambda, type Lambda } from '#tools/lambda';
import { testServices } from '#tools/testing';
import { startTestServer, type TestServer } from './testing/test-server.ts';
import { eventBridgeEvent, kinesisEvent, sqsEvent } from '../serverless/testing/lambda-events.ts';

const run = promisify(execFile);
let millrace: TestServer;
let client: mongo.MongoClient;
let folder: string;
let writeKey: string;

beforeAll(async () => {
  millrace = await startTestServer();
  client = await new mongo.MongoClient(testServices().mongodbUri).connect();
  writeKey = (await millrace.http.post<{ writeKey: string }>('/api/sources', { name: 'Functions' })).data.writeKey;
  folder = await mkdtemp(join(tmpdir(), 'millrace-functions-'));
  const vite = join(import.meta.dirname, '../../node_modules/vite/bin/vite.js');
  for (const cloud of ['aws', 'google'])
    await run(process.execPath, [vite, 'build', '--mode', cloud, '--outDir', join(folder, cloud)], {
      cwd: join(import.meta.dirname, '../serverless'),
    });
});
afterAll(async () => {
  await client?.close();
  await millrace?.close();
  await rm(folder, { recursive: true, force: true });
});

const patience = { MILLRACE_TIMEOUT_SECONDS: '240' };
const env = () => ({ MILLRACE_URL: millrace.url, MILLRACE_WRITE_KEY: writeKey, ...patience });
const json = (name: string, userId = 'u') => JSON.stringify({ type: 'track', userId, event: name });

/** Names of the events that Millrace keeps, and how many it keeps as refused. */
async function kept(prefix: string): Promise<{ names: unknown[]; refused: number }> {
  const items = await client.db().collection<{ json: string; fault?: object }>('inbox').find().toArray();
  const ours = items.filter(({ json: text }) => text.includes(prefix));
  const names = ours
    .filter(({ fault }) => !fault)
    .map(({ json: text }) => (JSON.parse(text) as { event: unknown }).event);
  return { names: names.sort(), refused: ours.length - names.length };
}

describeWithLambda("AWS Lambda's runtime", () => {
  let lambda: Lambda;
  beforeAll(async () => void (lambda = await startLambda(join(folder, 'aws'), 'index.handler', env())), 1_800_000); // it builds AWS's client first
  afterAll(() => lambda?.stop());

  it('hands over records of Kinesis, once however often they are delivered; what is refused is told and done with', async () => {
    const event = kinesisEvent(
      json('Kinesis 1'),
      '{"type":"track","event":"Kinesis 2"}',
      'not JSON',
      json('Kinesis 3'),
    );
    expect(await lambda.invoke(event)).toEqual({ result: { batchItemFailures: [] } });
    expect(await lambda.invoke(event)).toEqual({ result: { batchItemFailures: [] } });
    expect(await kept('Kinesis')).toEqual({ names: ['Kinesis 1', 'Kinesis 3'], refused: 1 });
    expect(lambda.output()).toContain('2 kept, 2 refused, 0 failed');
  });

  it('hands over messages of SQS and events of EventBridge', async () => {
    expect(await lambda.invoke(sqsEvent('q', json('Sqs 1'), json('Sqs 2')))).toEqual({
      result: { batchItemFailures: [] },
    });
    expect(await lambda.invoke(eventBridgeEvent({ userId: 'u', parcel: 7 }))).toEqual({ result: null });
    expect((await kept('Sqs')).names).toEqual(['Sqs 1', 'Sqs 2']);
    expect((await kept('parcel')).names).toEqual(['Order Shipped']);
  });

  it('answers requests of API Gateway', async () => {
    const v2 = {
      requestContext: { http: { method: 'POST' } },
      headers: {},
      body: json('Http 1'),
      isBase64Encoded: false,
    };
    expect(await lambda.invoke(v2)).toMatchObject({ result: { statusCode: 200 } });
    const rest = {
      httpMethod: 'POST',
      multiValueHeaders: {},
      body: Buffer.from(json('Http 2')).toString('base64'),
      isBase64Encoded: true,
    };
    expect(await lambda.invoke(rest)).toMatchObject({ result: { statusCode: 200 } });
    const nobody = { ...v2, body: '{"type":"track","event":"Http 3"}' };
    expect(await lambda.invoke(nobody)).toMatchObject({ result: { statusCode: 400 } });
    expect(await kept('Http')).toEqual({ names: ['Http 1', 'Http 2'], refused: 1 });
  });

  it('is told to deliver again what Millrace did not take', async () => {
    const wrong = await startLambda(join(folder, 'aws'), 'index.handler', { ...env(), MILLRACE_WRITE_KEY: 'wk_wrong' });
    const { result } = await wrong.invoke(sqsEvent('q', json('Wrong 1')));
    expect(result).toEqual({ batchItemFailures: [{ itemIdentifier: '059f36b4-87a3-44ab-83d2-661975975000' }] });
    expect((await wrong.invoke(eventBridgeEvent({ userId: 'u' }))).error).toContain('401 unauthenticated');
    await wrong.stop();
    expect((await kept('Wrong')).names).toEqual([]);
  });

  it('starts a run of a sync, one an event', async () => {
    const { http } = millrace;
    await writeFile(join(millrace.folder, 'people.csv'), 'email\nann@example.com\n');
    const shop = { name: 'Shop', connector: 'file', config: { path: join(millrace.folder, 'people.csv') } };
    await http.put('/api/connections/shop', shop);
    const made = await http.put('/api/syncs/people', {
      name: 'People',
      from: { connection: 'shop', stream: 'rows' },
      to: { connection: 'profiles', object: 'profile' },
      mapping: { 'identities.email': 'email' },
    });
    expect(made.status).toBeLessThan(300);
    const operator = (await http.post<{ key: string }>('/api/keys', { name: 'Functions', role: 'operator' })).data.key;
    const triggering = { MILLRACE_URL: millrace.url, MILLRACE_API_KEY: operator, MILLRACE_SYNC: 'people', ...patience };
    const trigger = await startLambda(join(folder, 'aws'), 'index.handler', triggering);
    for (let delivered = 0; delivered < 2; delivered++)
      expect(await trigger.invoke(eventBridgeEvent({ file: 'there' }))).toEqual({ result: null });
    const { data } = await http.get<{ data: unknown[] }>('/api/runs?sync=people');
    expect(data.data).toHaveLength(1);
    await trigger.stop();
  });
});

describe("Google's Functions Framework", () => {
  let requests: GoogleFunction;
  let events: GoogleFunction;
  beforeAll(async () => {
    const bundle = join(folder, 'google');
    [requests, events] = await Promise.all([
      startGoogleFunction(bundle, 'http', 'http', env()),
      startGoogleFunction(bundle, 'cloudEvent', 'cloudevent', { ...env(), MILLRACE_USER_ID: 'person' }),
    ]);
  });
  afterAll(() => Promise.all([requests?.stop(), events?.stop()]));

  const post = (url: string, body: string, headers: Record<string, string> = {}) =>
    fetch(url, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });

  it('serves requests', async () => {
    expect((await post(requests.url, json('Google 1'))).status).toBe(200);
    expect((await post(requests.url, '{"type":"track","event":"Google 2"}')).status).toBe(400);
    expect((await post(requests.url, '{"not": JSON', { 'content-type': 'text/plain' })).status).toBe(400);
    expect((await fetch(requests.url)).status).toBe(405);
    expect(await kept('Google')).toEqual({ names: ['Google 1'], refused: 1 });
  });

  it('hands over events of Eventarc and messages of Pub/Sub, once however often they come', async () => {
    const event = {
      specversion: '1.0',
      id: '1',
      source: '//storage',
      type: 'object.finalized',
      time: '2026-01-01T00:00:00Z',
    };
    const structured = JSON.stringify({
      ...event,
      datacontenttype: 'application/json',
      data: { person: 'u', bucket: 'b' },
    });
    const binary = {
      'ce-specversion': '1.0',
      'ce-id': '2',
      'ce-source': '//pubsub.googleapis.com/projects/p/topics/t',
      'ce-type': 'google.cloud.pubsub.topic.v1.messagePublished',
      'ce-time': '2026-01-01T00:00:00Z',
    };
    const message = JSON.stringify({
      message: { data: Buffer.from(json('PubSub 1')).toString('base64'), messageId: '2' },
    });
    for (let delivered = 0; delivered < 2; delivered++) {
      const first = await post(events.url, structured, { 'content-type': 'application/cloudevents+json' });
      const second = await post(events.url, message, binary);
      expect([first.status, second.status]).toEqual([204, 204]);
    }
    expect((await kept('PubSub')).names).toEqual(['PubSub 1']);
    expect((await kept('bucket')).names).toEqual(['object.finalized']);
  });

  it('is told to deliver again what Millrace did not take', async () => {
    const wrong = await startGoogleFunction(join(folder, 'google'), 'cloudEvent', 'cloudevent', {
      ...env(),
      MILLRACE_WRITE_KEY: 'wk_no',
    });
    const event = { specversion: '1.0', id: '9', source: '//x', type: 'y', data: { userId: 'u' } };
    const answer = await post(wrong.url, JSON.stringify(event), { 'content-type': 'application/cloudevents+json' });
    expect(answer.status).toBe(500);
    await wrong.stop();
  });
});
