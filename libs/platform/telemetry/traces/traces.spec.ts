import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { startReceiver, type Receiver } from '#tools/testing';
import { createLog } from '../../log/index.ts';
import { Settings } from '../../settings/index.ts';
import type { EndedSpan } from './span.ts';
import { newPlace, rootPlace } from './span-places.ts';
import { Traces } from './traces.ts';

const run = promisify(execFile);

describe('traces', () => {
  let collector: Receiver;
  const lines: string[] = [];
  const log = createLog({ destination: { write: (line) => void lines.push(line) } });

  beforeAll(async () => {
    collector = await startReceiver();
  });
  afterAll(() => collector.close());
  beforeEach(() => {
    collector.received = [];
    collector.answer = () => ({ status: 200 });
    lines.length = 0;
  });

  const open = (): Promise<Traces> =>
    Traces.open(new Settings({ otlpEndpoint: `${collector.url}/`, otlpHeaders: 'x-api-key=s%3Dcret,x-team=crm' }), log);

  it('arrive when the process ends, with the headers, and without secrets and addresses', async () => {
    const traces = await open();
    traces.add(span({ name: 'file of ann@example.com', error: 'timeout', attributes: { said: 'Bearer abcdefghij' } }));
    await traces.onApplicationShutdown();
    const [{ path, headers, body } = { path: '', headers: {}, body: '' }] = collector.received;
    expect(path).toBe('/hook/v1/traces');
    expect(headers).toMatchObject({ 'x-api-key': 's=cret', 'x-team': 'crm', 'content-type': 'application/json' });
    expect(JSON.parse(body)).toMatchObject({
      resourceSpans: [
        {
          resource: {
            attributes: expect.arrayContaining([{ key: 'service.name', value: { stringValue: 'millrace' } }]),
          },
          scopeSpans: [
            {
              spans: [
                {
                  traceId: rootPlace('x').trace,
                  spanId: rootPlace('x').span,
                  name: 'file of [email]',
                  startTimeUnixNano: '1500000000000',
                  endTimeUnixNano: '4250000000000',
                  attributes: [
                    { key: 'said', value: { stringValue: 'Bearer [redacted]' } },
                    { key: 'error.type', value: { stringValue: 'timeout' } },
                  ],
                  status: { code: 2, message: 'timeout' },
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it('that a collector does not take are told in one line of the log', async () => {
    collector.answer = () => ({ status: 400 });
    const traces = await open();
    for (let i = 0; i < 1_200; i++) traces.add(span({}));
    await traces.onApplicationShutdown();
    await collector.until(3);
    expect(lines.length).toBe(1);
    expect(lines[0]).toMatch(/"level":"warn".*traces did not reach the collector/);
  });

  it('go on from a caller’s span, and hand on what systems on the way say to each other', async () => {
    const traces = await open();
    const caller = traces.callerIn({
      traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
      tracestate: 'vendor=1',
    });
    const place = newPlace(caller);
    expect(place).toMatchObject({ trace: 'a'.repeat(32), span: expect.not.stringMatching('b'.repeat(16)) });
    expect(traces.headersFrom(place)).toEqual({
      traceparent: `00-${place.trace}-${place.span}-01`,
      tracestate: 'vendor=1',
    });
    traces.add(span({ place, parent: caller }));
    await traces.onApplicationShutdown();
    expect(JSON.parse(collector.received[0]?.body ?? '')).toMatchObject({
      resourceSpans: [{ scopeSpans: [{ spans: [{ parentSpanId: 'b'.repeat(16), traceState: 'vendor=1' }] }] }],
    });
  });

  it('are not sent where the caller keeps none, who hears that again', async () => {
    const traces = await open();
    const place = newPlace(traces.callerIn({ traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-00` }));
    traces.add(span({ place }));
    await traces.onApplicationShutdown();
    expect(collector.received).toEqual([]);
    expect(traces.headersFrom(place).traceparent).toMatch(/-00$/);
  });

  it.each(['', 'garbage', `00-${'0'.repeat(32)}-${'b'.repeat(16)}-01`, `ff-${'a'.repeat(32)}-${'b'.repeat(16)}-01`])(
    'begin anew where a caller says nonsense: %p',
    async (traceparent) => {
      const traces = await open();
      expect(traces.callerIn({ traceparent })).toBeUndefined();
      await traces.onApplicationShutdown();
    },
  );

  it('have an active span until it ends, and only for what was begun within it', async () => {
    const traces = await open();
    const seen: unknown[] = [];
    await new Promise<void>((done) =>
      traces.within(rootPlace('x'), (end) => {
        setImmediate(() => {
          seen.push(traces.active);
          end();
          seen.push(traces.active);
          done();
        });
      }),
    );
    expect([...seen, traces.active]).toEqual([rootPlace('x'), undefined, undefined]);
    await traces.onApplicationShutdown();
  });

  it('cost nothing where no collector is configured: OpenTelemetry’s SDK is not even loaded', async () => {
    expect(await loadedWith({})).toEqual([]);
    expect(await loadedWith({ OTEL_EXPORTER_OTLP_ENDPOINT: collector.url })).not.toEqual([]);
  });
});

function span(more: Partial<EndedSpan>): EndedSpan {
  const [startedAt, endedAt] = [new Date(1_500_000), new Date(4_250_000)];
  return { name: 'x', place: rootPlace('x'), startedAt, endedAt, attributes: {}, ...more };
}

/** What a process has loaded of OpenTelemetry's SDK when it is about to serve (its API comes with prom-client, and does nothing). */
async function loadedWith(env: Record<string, string>): Promise<string[]> {
  const program = `
    import { createRequire } from 'node:module';
    await import('./apps/server/index.ts');
    const { createLog, loadSettings, Traces } = await import('./libs/platform/index.ts');
    await Traces.open(loadSettings(process.env), createLog({ level: 'silent' }));
    const loaded = Object.keys(createRequire(process.cwd() + '/')('module')._cache);
    console.log(JSON.stringify(loaded.filter((file) => /@opentelemetry.(sdk|exporter|resources|core)/.test(file))));
    process.exit();`;
  const { PATH = '', HOME = '' } = process.env;
  const options = ['--import', './tools/typescript/register.mjs', '--input-type=module', '-e', program];
  const { stdout } = await run(process.execPath, options, { env: { PATH, HOME, ...env } });
  return JSON.parse(stdout) as string[];
}

describe('places of spans', () => {
  it('are the same for the same thing in every process, and new ones below it', () => {
    expect(rootPlace('run_1')).toEqual(rootPlace('run_1'));
    expect(rootPlace('run_1').trace).toMatch(/^[0-9a-f]{32}$/);
    expect(rootPlace('run_2').trace).not.toBe(rootPlace('run_1').trace);
    const below = [newPlace(rootPlace('run_1')), newPlace(rootPlace('run_1'))];
    expect(new Set(below.map(({ trace }) => trace))).toEqual(new Set([rootPlace('run_1').trace]));
    expect(new Set(below.map(({ span }) => span)).size).toBe(2);
  });
});
