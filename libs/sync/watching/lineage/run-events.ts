import { redactText } from '#platform';
import { isSubscription, type Run } from '../../runs/run.schema.ts';
import { facet, producer, runEventSchema, type Facet, type LineageDataset, type LineageEvent } from './open-lineage.ts';
import { runUuid } from './run-uuid.ts';
import type { ToldRun } from './told-run.schema.ts';

type Facets = Record<string, Facet>;

/** Always the same for the same run: whoever gets it twice can tell. */
export function startEvent(told: ToldRun, run: Run, namespace: string): LineageEvent {
  const eventTime = run.startedAt ?? run.createdAt;
  return { ...common(told, run, namespace), eventType: 'START', eventTime: eventTime.toISOString() };
}

/** How a run that is over has ended. */
export function endEvent(told: ToldRun, run: Run, namespace: string): LineageEvent {
  const event = common(told, run, namespace);
  const { read, written } = run.ledger;
  const [input] = event.inputs;
  if (input) input.inputFacets = { inputStatistics: facet('InputStatisticsInputDatasetFacet', { rowCount: read }) };
  const [output, another] = event.outputs;
  // The ledger counts rows of the source: which of several objects they became, it does not say.
  if (output && !another)
    output.outputFacets = { outputStatistics: facet('OutputStatisticsOutputDatasetFacet', { rowCount: written }) };
  const eventTime = run.endedAt ?? run.createdAt;
  return { ...event, eventType: endType(run), eventTime: eventTime.toISOString() };
}

function endType({ state }: Run): LineageEvent['eventType'] {
  if (state === 'succeeded') return 'COMPLETE';
  return state === 'cancelled' ? 'ABORT' : 'FAIL';
}

function common(
  { job, input, outputs, fields }: ToldRun,
  run: Run,
  namespace: string,
): Omit<LineageEvent, 'eventType' | 'eventTime'> {
  const dataset = (name: string, facets: Facets = {}): LineageDataset => ({ namespace, name, facets });
  return {
    run: { runId: runUuid(run._id), facets: runFacets(run) },
    job: { namespace, name: job, facets: { jobType: jobType(run) } },
    inputs: [dataset(input, schemaOf(fields))],
    outputs: outputs.map((name) => dataset(name)),
    producer,
    schemaURL: runEventSchema,
  };
}

function schemaOf(fields: ToldRun['fields']): Facets {
  return fields && fields.length > 0 ? { schema: facet('SchemaDatasetFacet', { fields }) } : {};
}

function runFacets({ scheduledFor, state, error }: Run): Facets {
  const message = error && redactText(`${error.message} (${error.code})`);
  return {
    ...(scheduledFor && {
      nominalTime: facet('NominalTimeRunFacet', { nominalStartTime: scheduledFor.toISOString() }),
    }),
    ...(state === 'failed' &&
      message !== undefined && {
        errorMessage: facet('ErrorMessageRunFacet', { message, programmingLanguage: 'TypeScript' }),
      }),
  };
}

function jobType(run: Run): Facet {
  const processingType = isSubscription(run) ? 'STREAMING' : 'BATCH';
  return facet('JobTypeJobFacet', { processingType, integration: 'MILLRACE', jobType: 'SYNC' });
}
