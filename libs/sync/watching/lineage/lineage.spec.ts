import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineConnector, MillraceError } from '@millrace/sdk';
import { Connections } from '#connections';
import { startReceiver, type Receiver } from '#tools/testing';
import { Runs } from '../../runs/runs.ts';
import { rowsFrom, scriptedApp, type ScriptedApp } from '../../testing/scripted-app.ts';
import { untilEnded } from '../../testing/until-ended.ts';
import type { LineageEvent } from './open-lineage.ts';
import { runUuid } from './run-uuid.ts';

describe('lineage', () => {
  let endpoint: Receiver;
  let engine: ScriptedApp;

  beforeAll(async () => {
    endpoint = await startReceiver();
    engine = await scriptedApp(
      { openLineageUrl: endpoint.url, openLineageApiKey: 'key-of-marquez', openLineageNamespace: 'crm' },
      [peopleConnector],
    );
    await engine.app
      .get(Connections)
      .create({ name: 'People', slug: 'people', connector: 'people-source', config: {} });
  });

  afterAll(async () => {
    await engine.close();
    endpoint.close();
  });

  beforeEach(() => {
    endpoint.received = [];
    endpoint.answer = () => ({ status: 201 });
    Object.assign(engine.script, { rows: rowsFrom(1, 30), received: new Map(), failures: [], onPage: undefined });
  });

  const events = (): LineageEvent[] => endpoint.received.map(({ body }) => JSON.parse(body) as LineageEvent);

  it('tells the start of a run and its end, with datasets, fields and counts', async () => {
    const sync = await engine.sync('People', {
      slug: 'people-to-things',
      from: { connection: 'people', stream: 'person' },
    });
    const scheduledFor = new Date('2026-01-05T06:00:00Z');
    const runs = engine.app.get(Runs);
    const run = await untilEnded(runs, (await runs.start(sync, { trigger: 'schedule', scheduledFor }))._id);
    await endpoint.until(2);

    expect(endpoint.received.map(({ path, headers }) => [path, headers.authorization])).toEqual(
      Array(2).fill(['/hook/api/v1/lineage', 'Bearer key-of-marquez']),
    );
    const inFacets = (version: string, name: string, fields: object) => ({
      _producer: 'urn:millrace:server',
      _schemaURL: `https://openlineage.io/spec/facets/${version}/${name}.json#/$defs/${name}`,
      ...fields,
    });
    const start = {
      eventType: 'START',
      eventTime: run.startedAt?.toISOString(),
      producer: 'urn:millrace:server',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      run: {
        runId: runUuid(run._id),
        facets: {
          nominalTime: inFacets('1-0-1', 'NominalTimeRunFacet', { nominalStartTime: scheduledFor.toISOString() }),
        },
      },
      job: {
        namespace: 'crm',
        name: 'people-to-things',
        facets: {
          jobType: inFacets('2-0-3', 'JobTypeJobFacet', {
            processingType: 'BATCH',
            integration: 'MILLRACE',
            jobType: 'SYNC',
          }),
        },
      },
      inputs: [
        {
          namespace: 'crm',
          name: 'people/person',
          facets: {
            schema: inFacets('1-1-1', 'SchemaDatasetFacet', {
              fields: [
                { name: 'id', type: 'integer' },
                { name: 'name', type: 'string' },
                { name: 'born', type: 'date' },
                { name: 'address', type: 'object', fields: [{ name: 'city', type: 'string' }] },
              ],
            }),
          },
        },
      ],
      outputs: [{ namespace: 'crm', name: `${run.plan.to.connection}/thing`, facets: {} }],
    };
    const [input, output] = [start.inputs[0], start.outputs[0]];
    expect(events()).toEqual([
      start,
      {
        ...start,
        eventType: 'COMPLETE',
        eventTime: run.endedAt?.toISOString(),
        inputs: [
          {
            ...input,
            inputFacets: { inputStatistics: inFacets('1-0-0', 'InputStatisticsInputDatasetFacet', { rowCount: 2 }) },
          },
        ],
        outputs: [
          {
            ...output,
            outputFacets: {
              outputStatistics: inFacets('1-0-2', 'OutputStatisticsOutputDatasetFacet', { rowCount: 2 }),
            },
          },
        ],
      },
    ]);
  });

  it('tells why a run failed', async () => {
    engine.script.failures = [{ afterPage: 1, code: 'authentication_failed' }];
    const run = await engine.run(await engine.sync('Failing'));
    await endpoint.until(2);
    const [start, end] = events();
    expect(start).toMatchObject({ eventType: 'START', job: { name: run.sync } });
    expect(end).toMatchObject({
      eventType: 'FAIL',
      run: {
        runId: start?.run.runId,
        facets: {
          errorMessage: {
            message: 'A scripted failure. Nothing is to be done. (authentication_failed)',
            programmingLanguage: 'TypeScript',
          },
        },
      },
      outputs: [{ outputFacets: { outputStatistics: { rowCount: 10 } } }],
    });
  });

  it('tells that a run was cancelled', async () => {
    const runs = engine.app.get(Runs);
    const reading = blockedPage(engine);
    const { _id } = await runs.start(await engine.sync('Cancelled'), { trigger: 'manual' });
    await reading;
    await runs.cancel(_id);
    await untilEnded(runs, _id);
    await endpoint.until(2);
    expect(events().map(({ eventType }) => eventType)).toEqual(['START', 'ABORT']);
  });

  it('tells start and end of a run that could not even be planned', async () => {
    const run = await engine.run(await engine.sync('Unplanned', { from: { connection: 'people', stream: 'nobody' } }));
    await endpoint.until(2);
    expect(events().map(({ eventType, eventTime }) => [eventType, eventTime])).toEqual([
      ['START', run.createdAt.toISOString()],
      ['FAIL', run.endedAt?.toISOString()],
    ]);
    expect(events()[0]?.inputs).toMatchObject([{ name: 'people/nobody', facets: {} }]);
  });

  it('tells an endpoint that was down later, each event once, while runs go on', async () => {
    const answers = [503];
    endpoint.answer = () => ({ status: answers.shift() ?? 201 });
    const run = await engine.run(await engine.sync('Patient'));
    expect(run).toMatchObject({ state: 'succeeded', ledger: { written: 30 } });
    await endpoint.until(3);
    const next = await engine.run(await engine.sync('Next'));
    await endpoint.until(5);
    const [refused, ...taken] = events().map(({ eventType, run: { runId } }) => `${eventType} ${runId}`);
    expect(refused).toBe(`START ${runUuid(run._id)}`);
    expect(taken).toEqual(
      [run, next].flatMap(({ _id }) => ['START', 'COMPLETE'].map((type) => `${type} ${runUuid(_id)}`)),
    );
  });
});

/** Until the source is asked for a page, which it gives only when it is ended. */
function blockedPage({ script }: ScriptedApp): Promise<void> {
  return new Promise((resolve) => {
    script.onPage = async (_page, signal) => {
      resolve();
      await new Promise((aborted) => signal.addEventListener('abort', aborted));
    };
  });
}

const peopleConnector = {
  connector: defineConnector({
    id: 'people-source',
    title: 'People',
    version: '1.0.0',
    config: { type: 'object', properties: {}, additionalProperties: false },
    check: async () => undefined,
    source: {
      streams: {
        person: {
          key: 'id',
          schema: {
            type: 'object',
            properties: {
              id: { type: 'integer' },
              name: { type: ['string', 'null'] },
              born: { type: 'string', format: 'date' },
              address: { type: 'object', properties: { city: { type: 'string' } } },
            },
          },
          async *read() {
            yield { records: [{ id: 1 }, { id: 2 }] };
          },
        },
        nobody: {
          key: 'id',
          plan: async () => {
            throw new MillraceError('permission_denied', 'Nobody may see this. Ask somebody.');
          },
          async *read() {},
        },
      },
    },
  }),
  origin: import.meta.filename,
};
