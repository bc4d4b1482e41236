import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import axios from 'axios';
import { defineConnector } from '@millrace/sdk';
import { Connections } from '#connections';
import { gate, startReceiver, type Receiver } from '#tools/testing';
import { Runs } from '../../runs/runs.ts';
import type { Run } from '../../runs/run.schema.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { untilEnded } from '../../testing/until-ended.ts';
import { spansIn, type CollectedSpan } from '../testing/otlp-spans.ts';

describe('traces of runs', () => {
  let collector: Receiver;

  beforeAll(async () => {
    collector = await startReceiver();
  });
  afterAll(() => collector.close());
  beforeEach(() => {
    collector.received = [];
  });

  const ofRun = ({ _id }: Run): CollectedSpan[] =>
    spansIn(collector.received).filter(({ attributes }) => attributes['millrace.run.id'] === _id);
  const only = (spans: CollectedSpan[], name: string): CollectedSpan[] => spans.filter((span) => span.name === name);

  it('tell how runs went: well after a failed turn, not at all, and cancelled', async () => {
    const engine = await scriptedApp({ otlpEndpoint: collector.url });
    engine.script.rows = rowsFrom(1, 30);
    engine.script.refuse = ({ id }) => id === 3;
    engine.script.failures = [{ afterPage: 1 }];
    const sync = await engine.sync('Traced');
    const well = await engine.run(sync);
    engine.script.failures = [{ afterPage: 0, code: 'authentication_failed' }];
    const failed = await engine.run(await engine.sync('Refused'));
    const cancelled = await cancelledRun(engine);
    await engine.close();

    const [root, ...noMore] = only(ofRun(well), 'run');
    expect(noMore).toEqual([]);
    expect(root).toMatchObject({
      startTimeUnixNano: `${well.startedAt?.getTime()}000000`,
      endTimeUnixNano: `${well.endedAt?.getTime()}000000`,
      attributes: {
        'millrace.sync.id': sync,
        'millrace.source': 'scripted-source',
        'millrace.destination': 'scripted-destination',
        'millrace.run.state': 'succeeded',
        'millrace.rows.read': 30,
        'millrace.rows.written': 29,
        'millrace.rows.rejected': 1,
      },
      status: { code: 0 },
    });
    expect(root?.parentSpanId).toBeUndefined();
    const turns = only(ofRun(well), 'slice turn');
    expect(turns).toEqual(
      [
        { status: { code: 2, message: 'unreachable' }, pages: 1, rows: 10 },
        { status: { code: 0 }, pages: 2, rows: 20 },
      ].map(({ status, pages, rows }) =>
        expect.objectContaining({
          traceId: root?.traceId,
          parentSpanId: root?.spanId,
          status,
          attributes: expect.objectContaining({
            'millrace.slice.id': 'all',
            'millrace.pages': pages,
            'millrace.rows.read': rows,
          }),
        }),
      ),
    );

    const status = { code: 2, message: 'authentication_failed' };
    expect(only(ofRun(failed), 'run')).toMatchObject([{ status, attributes: { 'millrace.run.state': 'failed' } }]);
    expect(only(ofRun(failed), 'slice turn')).toMatchObject([{ status }]);
    expect(only(ofRun(cancelled), 'run')).toMatchObject([
      { status: { code: 0 }, attributes: { 'millrace.run.state': 'cancelled' } },
    ]);
    expect(new Set(spansIn(collector.received).map(({ traceId }) => traceId)).size).toBe(3);
  });

  it('are joined over the processes that share a run', async () => {
    const values = { otlpEndpoint: collector.url, concurrency: 1 };
    const [one, two] = [
      await scriptedApp({ ...values, serviceName: 'one' }),
      await scriptedApp({ ...values, serviceName: 'two' }),
    ];
    const both = meeting(2);
    for (const { script } of [one, two]) {
      script.rows = rowsFrom(1, 20);
      script.slices = [
        { id: 'low', spec: { from: 1, to: 10 } },
        { id: 'high', spec: { from: 11, to: 20 } },
      ];
      script.onPage = both;
    }
    const run = await one.run(await one.sync('Shared'));
    await two.app.close();
    await one.close();

    const spans = ofRun(run);
    const turns = only(spans, 'slice turn');
    expect(new Set(turns.map(({ service }) => service))).toEqual(new Set(['one', 'two']));
    expect(new Set(spans.map(({ traceId }) => traceId)).size).toBe(1);
    const [root] = only(spans, 'run');
    expect(turns.map(({ parentSpanId }) => parentSpanId)).toEqual([root?.spanId, root?.spanId]);
  });

  it('have the requests of connectors, and requests to the API by their route', async () => {
    const engine = await scriptedApp({ otlpEndpoint: collector.url }, [askingConnector(`${collector.url}/ann?x=1`)]);
    const asking = await engine.app.get(Connections).create({ name: 'Asking', connector: 'asking-source', config: {} });
    const run = await engine.run(
      await engine.sync('Asking', { from: { connection: asking.id, stream: 'answers' }, mapping: { id: 'id' } }),
    );
    const headers = await engine.key('viewer');
    await axios.get(`${engine.url}/api/runs/${run._id}`, { headers });
    await axios.get(`${engine.url}/api/runs/nobody`, { headers, validateStatus: () => true });
    await axios.get(`${engine.url}/healthz`);
    await engine.close();

    const collected = collector.received.filter(({ path }) => path.endsWith('/v1/traces'));
    const spans = spansIn(collected);
    const [root] = only(spans, 'run');
    expect(only(spans, 'GET')).toMatchObject([
      {
        kind: 3,
        traceId: root?.traceId,
        parentSpanId: root?.spanId,
        attributes: { 'millrace.connector': 'asking-source', 'http.response.status_code': 200 },
      },
    ]);
    expect(only(spans, 'GET /api/runs/:id').map(({ kind, attributes }) => ({ kind, ...attributes }))).toEqual(
      [200, 404].map((status) => ({
        kind: 2,
        'http.request.method': 'GET',
        'http.route': '/api/runs/:id',
        'http.response.status_code': status,
      })),
    );
    const told = collected.map(({ body }) => body).join();
    expect(told).not.toMatch(/healthz|ann\?x|nobody/);
  });

  it('join those of callers and of who is called', async () => {
    const engine = await scriptedApp({ otlpEndpoint: collector.url }, [askingConnector(`${collector.url}/asked`)]);
    const asking = await engine.app.get(Connections).create({ name: 'Asking', connector: 'asking-source', config: {} });
    const sync = await engine.sync('Asked', {
      from: { connection: asking.id, stream: 'answers' },
      mapping: { id: 'id' },
    });
    const [trace, span] = ['a'.repeat(32), 'b'.repeat(16)];
    const headers = {
      ...(await engine.key('operator')),
      traceparent: `00-${trace}-${span}-01`,
      tracestate: 'vendor=1',
    };
    await axios.post(`${engine.url}/api/connections/${asking.id}/check`, {}, { headers });
    const { data } = await axios.post<{ id: string }>(`${engine.url}/api/syncs/${sync}/runs`, {}, { headers });
    const run = await untilEnded(engine.app.get(Runs), data.id);
    await engine.close();

    const spans = spansIn(collector.received.filter(({ path }) => path.endsWith('/v1/traces')));
    const served = spans.filter(({ kind }) => kind === 2);
    expect(served).toMatchObject(Array(2).fill({ traceId: trace, parentSpanId: span, traceState: 'vendor=1' }));
    const [checked, started] = served;
    const [root] = only(spans, 'run');
    expect(root).toMatchObject({ links: [{ traceId: trace, spanId: started?.spanId }] });
    expect(root?.traceId).not.toBe(trace);
    const [whileChecking, inTheRun] = spans.filter(({ kind }) => kind === 3);
    expect(whileChecking).toMatchObject({ traceId: trace, parentSpanId: checked?.spanId });
    expect(inTheRun).toMatchObject({ traceId: root?.traceId, parentSpanId: root?.spanId });
    expect(run.state).toBe('succeeded');
    const told = collector.received.filter(({ path }) => path.endsWith('/asked')).map(({ headers }) => headers);
    expect(told.map(({ traceparent, tracestate }) => [traceparent, tracestate])).toEqual([
      [`00-${trace}-${whileChecking?.spanId}-01`, 'vendor=1'],
      [`00-${root?.traceId}-${inTheRun?.spanId}-01`, undefined],
    ]);
  });

  it('that nobody collects hinder no run', async () => {
    const silent = await startReceiver();
    silent.close();
    const engine = await scriptedApp({ otlpEndpoint: silent.url });
    engine.script.rows = rowsFrom(1, 30);
    expect(await engine.run(await engine.sync('Alone'))).toMatchObject({ state: 'succeeded', ledger: { written: 30 } });
    await engine.close();
  });
});

async function cancelledRun(engine: ScriptedApp): Promise<Run> {
  const { script } = engine;
  const runs = engine.app.get(Runs);
  const reading = new Promise<void>((resolve) => {
    script.onPage = async (_page, signal) => {
      resolve();
      await new Promise((ended) => signal.addEventListener('abort', ended));
    };
  });
  const { _id } = await runs.start(await engine.sync('Cancelled'), { trigger: 'manual' });
  await reading;
  await runs.cancel(_id);
  return untilEnded(runs, _id);
}

/** Lets go once so many have come. */
function meeting(count: number): () => Promise<void> {
  let missing = count;
  const { opened, open } = gate();
  return () => {
    if (--missing === 0) open();
    return opened;
  };
}

function askingConnector(url: string) {
  const connector = defineConnector({
    id: 'asking-source',
    title: 'Asking source',
    version: '1.0.0',
    config: { type: 'object', properties: {}, additionalProperties: false },
    check: ({ http }) => http.get(url, { responseType: 'text' }),
    source: {
      streams: {
        answers: {
          key: 'id',
          async *read({ http }) {
            await http.get(url, { responseType: 'text' });
            yield { records: [{ id: 1 }] };
          },
        },
      },
    },
  });
  return { connector, origin: import.meta.filename };
}
