import {
  checkTargets,
  compileMapping,
  compilePath,
  compileSchema,
  fieldList,
  fieldSteps,
  objectsOf,
  streamsOf,
  type DestinationObject,
  type Stream,
} from '../../index.ts';
import { fault, succeed } from './fault.ts';
import { fieldsMade } from './fields-made.ts';
import { misspeltKeyword } from './misspelt-keyword.ts';
import type { ContractCheck } from './options.ts';
import { checkOutput } from './output-check.ts';
import type { Workbench } from './workbench.ts';

/** What the connector says that it reads and writes. */
export function discoveryChecks(bench: Workbench): ContractCheck[] {
  return [
    {
      name: 'discovers the same twice',
      run: () =>
        bench.use('discovery', async (ctx) => {
          const [first, second] = [await outline(bench, ctx), await outline(bench, ctx)];
          bench.watch.see('the discovered streams and objects', first);
          if (first !== second)
            throw fault('Two discoveries differ. Give the same streams and objects in the same order.');
        }),
    },
    {
      name: 'declares its streams and objects well',
      run: () =>
        bench.use('discovery', async (ctx) => {
          for (const [name, stream] of await bench.streams(ctx)) await checkStream(name, stream);
          for (const [name, object] of await bench.objects(ctx)) await checkObject(name, object);
        }),
    },
  ];
}

async function outline({ connector }: Workbench, ctx: Parameters<typeof streamsOf>[1]): Promise<string> {
  const streams = await succeed('Discovering the streams', () => streamsOf(connector, ctx));
  const objects = await succeed('Discovering the objects', () => objectsOf(connector, ctx));
  return JSON.stringify({ streams, objects });
}

async function checkStream(name: string, stream: Stream): Promise<void> {
  const what = `Stream "${name}"`;
  if (!stream.read && !stream.subscribe) throw fault(`${what} has neither read() nor subscribe(). Add one.`);
  await checkFields(what, [...fieldList(stream.key), ...fieldList(stream.cursor)], stream.schema);
  for (const [object, mapping] of Object.entries(stream.outputs ?? {})) {
    await checkOutput(what, object, mapping);
  }
}

async function checkObject(name: string, object: DestinationObject): Promise<void> {
  const what = `Object "${name}"`;
  if (!Array.isArray(object.modes) || object.modes.length === 0)
    throw fault(`${what} has no modes. Name at least one.`);
  if (typeof object.push !== 'function') throw fault(`${what} has no push(). Add one.`);
  await checkFields(what, fieldList(object.key), object.schema);
  const needsKey = object.modes.some((mode) => mode !== 'insert');
  if (needsKey && fieldList(object.key).length === 0) {
    throw fault(`${what} can ${object.modes.join(', ')}, but has no key. Name the field that finds a record again.`);
  }
  if (object.mapping) {
    const { mapping, schema } = object;
    await succeed(`${what}: its mapping`, () => compileMapping(mapping));
    await succeed(`${what}: its mapping`, () => checkTargets(mapping, schema));
    const made = fieldsMade(mapping);
    const missing = fieldList(object.key).find((field) => !made.has(fieldSteps(field)[0] ?? undefined));
    if (missing !== undefined) throw fault(`${what}: its mapping makes no ${missing}, which is its key. Map it.`);
  }
  const { records = 1, bytes = 1 } = object.batch ?? {};
  if (!(records > 0) || !(bytes > 0)) throw fault(`${what}: the limits of a batch have to be above 0.`);
}

async function checkFields(what: string, fields: string[], schema: object | undefined): Promise<void> {
  for (const field of fields) await succeed(`${what}: the path "${field}"`, () => compilePath(field));
  if (!schema) return;
  await succeed(`${what}: its schema`, () => compileSchema({ ...schema }));
  const misspelt = misspeltKeyword({ ...schema });
  if (misspelt !== undefined) throw fault(`${what}: its schema has ${misspelt}, which nothing looks at. Correct it.`);
}
