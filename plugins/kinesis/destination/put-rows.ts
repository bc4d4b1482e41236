import type { KinesisClient, PutRecordsResultEntry } from '@aws-sdk/client-kinesis';
import { messageOf, MillraceError, ok, rejected, retry, unknown } from '@millrace/sdk';
import type { Outcome, PushContext, PushRow } from '@millrace/sdk';
import { kinesisError, neverArrived, streamIdentity, withClient } from '../client/index.ts';
import type { KinesisConfig } from '../config.ts';
import { entryOf, type Entry } from './entry.ts';

/** Milliseconds; a shard takes 1,000 records or 1 MB a second. */
const afterThrottling = 1_000;

/** Entries of one stream, with where their rows stand in the push. */
interface Group {
  entries: Entry[];
  rows: number[];
}

/** Puts rows, a request a stream; each row has its own outcome, since Kinesis may take one and not the next. */
export async function putRows(ctx: PushContext<KinesisConfig>, rows: PushRow[]): Promise<Outcome[]> {
  const { streams = [] } = ctx.config;
  const only = streams.length === 1 ? streams[0] : undefined;
  const outcomes: Outcome[] = [];
  const groups = new Map<string, Group>();
  for (const [index, { record }] of rows.entries()) {
    const entry = entryOf(record, only);
    if ('status' in entry) {
      outcomes[index] = entry;
      continue;
    }
    const group = groups.get(entry.stream) ?? { entries: [], rows: [] };
    groups.set(entry.stream, group);
    group.entries.push(entry);
    group.rows.push(index);
  }
  if (groups.size === 0) return outcomes;
  const attempts = 1; // a second one of the SDK could put what the first one had put already
  await withClient(ctx, (client) => putGroups(ctx, client, { groups, outcomes }), attempts);
  return outcomes;
}

async function putGroups(
  ctx: PushContext<KinesisConfig>,
  client: KinesisClient,
  { groups, outcomes }: { groups: Map<string, Group>; outcomes: Outcome[] },
): Promise<void> {
  let isFirst = true;
  for (const [stream, { entries, rows }] of groups) {
    const put = await putEntries(ctx, client, stream, entries).catch((error: unknown) => {
      if (isFirst) throw error;
      // Rows of this push have been put, so nothing may be thrown: the next attempt meets the same error first.
      return entries.map(() => retry(afterThrottling, messageOf(error)));
    });
    for (const [at, row] of rows.entries()) outcomes[row] = put[at] ?? unknown();
    isFirst = false;
  }
}

/** Throws where none was put for sure. */
async function putEntries(
  { signal }: PushContext<KinesisConfig>,
  client: KinesisClient,
  stream: string,
  entries: Entry[],
): Promise<Outcome[]> {
  const { PutRecordsCommand } = await import('@aws-sdk/client-kinesis');
  const records = entries.map(({ PartitionKey, ExplicitHashKey, Data }) => ({ PartitionKey, ExplicitHashKey, Data }));
  const command = new PutRecordsCommand({ ...streamIdentity(stream), Records: records });
  try {
    const { Records: results = [] } = await client.send(command, { abortSignal: signal });
    return entries.map((_, index) => outcomeOf(results[index]));
  } catch (error) {
    const told = kinesisError(error, `Putting records into "${stream}"`);
    if (isUnknown(error, told)) return entries.map(() => unknown(told.message));
    if (told instanceof MillraceError && told.code === 'rate_limited')
      return entries.map(() => retry(afterThrottling, told.message));
    throw told;
  }
}

function outcomeOf(result: PutRecordsResultEntry | undefined): Outcome {
  if (!result) return unknown('Kinesis told nothing of this record.');
  const { ErrorCode: code, ErrorMessage: message = '' } = result;
  if (!code) return ok();
  const said = `Kinesis did not take the record: ${code}: ${message.slice(0, 300)}`;
  const passes = code === 'ProvisionedThroughputExceededException' || code === 'InternalFailure';
  return passes ? retry(afterThrottling, said) : rejected('remote_rejected', said);
}

/** No answer, or one of a server that failed: it may have put the records all the same. */
function isUnknown(thrown: unknown, told: Error): boolean {
  if (neverArrived(thrown)) return false;
  return !(told instanceof MillraceError) || ['timeout', 'unreachable', 'remote_error'].includes(told.code);
}
