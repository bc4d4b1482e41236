import {
  deliveryId,
  fieldList,
  MillraceError,
  messageOf,
  readDelivery,
  streamsOf,
  type Delivery,
  type KeptDelivery,
  type Webhooks,
} from '../../index.ts';
import { fault } from './fault.ts';
import type { ContractCheck } from './options.ts';
import { checkPage, checkSchema } from './page-checks.ts';
import { keptSamples } from './sample-deliveries.ts';
import type { Workbench } from './workbench.ts';

const garbage = [
  '',
  'null',
  '17',
  '"text"',
  '[]',
  '{}',
  '[1,null,"x",[]]',
  '{"a":',
  '{"id":{},"type":[],"data":7}',
  '\u0000ÿ',
];

/** What a connector makes of deliveries to its webhook: documented ones, repeated ones, and nonsense. */
export function webhookChecks(bench: Workbench, webhooks: Webhooks): ContractCheck[] {
  return [
    { name: 'understands the deliveries of its vendor', run: () => checkParsing(bench, webhooks) },
    { name: 'recognises a delivery that comes again', run: () => checkRepeats(bench, webhooks) },
    { name: 'refuses deliveries that make no sense, without breaking', run: () => checkGarbage(bench, webhooks) },
  ];
}

async function checkParsing(bench: Workbench, webhooks: Webhooks): Promise<void> {
  const kept = await samplesOf(bench, webhooks);
  await bench.use('parsing deliveries', async (ctx) => {
    const streams = await streamsOf(bench.connector, ctx);
    for (const delivery of kept) {
      const strange = webhooks.parse(delivery, ctx.config).find(({ stream }) => !Object.hasOwn(streams, stream));
      if (strange) throw fault(`parse() finds a record of the stream "${strange.stream}", which there is not.`);
    }
    for (const [name, stream, options] of await bench.streams(ctx)) {
      const parse = (delivery: KeptDelivery) => webhooks.parse(delivery, ctx.config);
      const pages = kept.map((delivery) => readDelivery({ stream: name, key: fieldList(stream.key), parse }, delivery));
      const [reject] = pages.flatMap(({ rejects }) => rejects);
      if (reject) throw fault(`A documented delivery of "${name}" is refused: ${reject.message}`);
      for (const page of pages) checkPage(`Stream "${name}"`, stream, page);
      checkSchema(`Stream "${name}"`, stream, pages);
      if (stream.subscribe && !options.empty && !pages.some(({ records }) => records.length > 0))
        throw fault(
          `No delivery has a record of the stream "${name}". Add one, or say streams: { …: { empty: true } }.`,
        );
    }
  });
}

async function checkRepeats(bench: Workbench, webhooks: Webhooks): Promise<void> {
  const [kept, again] = [await samplesOf(bench, webhooks), await samplesOf(bench, webhooks)];
  const ids = kept.map(({ id }) => id);
  const different = again.findIndex(({ id }, index) => id !== ids[index]);
  if (different >= 0) throw fault(`The same delivery has the id ${ids[different]}, then ${again[different]?.id}.`);
  const double = ids.find((id, index) => ids.indexOf(id) !== index);
  if (double !== undefined) throw fault(`Two deliveries have the id ${double}: the second would be lost as a repeat.`);
}

async function checkGarbage(bench: Workbench, webhooks: Webhooks): Promise<void> {
  const config = (await bench.spec()).parse(await bench.config());
  for (const text of garbage) {
    const what = JSON.stringify(text);
    const delivery = deliveryWith(text);
    const parts = attempt(`split() of ${what}`, () => webhooks.split?.(delivery)) ?? [delivery];
    for (const part of parts) {
      deliveryId(webhooks, part);
      const records = attempt(`parse() of ${what}`, () => webhooks.parse(part, config)) ?? [];
      if (!Array.isArray(records)) throw fault(`parse() of ${what} gives no list.`);
    }
  }
}

/** Our own errors are answers; any other is a crash. */
function attempt<T>(what: string, run: () => T): T | undefined {
  try {
    return run();
  } catch (error) {
    if (error instanceof MillraceError) return undefined;
    throw fault(`${what} breaks: ${messageOf(error)}. Throw a MillraceError \`malformed_row\`.`, error);
  }
}

function deliveryWith(text: string): Delivery {
  const url = 'https://millrace.example.com/hooks/acme';
  return { method: 'POST', url, headers: {}, body: Buffer.from(text, 'latin1'), receivedAt: new Date() };
}

async function samplesOf(bench: Workbench, webhooks: Webhooks): Promise<KeptDelivery[]> {
  return keptSamples(webhooks, await bench.deliveries());
}
