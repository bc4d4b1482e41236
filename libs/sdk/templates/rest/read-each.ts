import type { Page, ReadContext } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import type { Json, Row } from '../../json.ts';
import { compilePath } from '../../mapping/index.ts';
import { httpStatus } from './http-error.ts';
import { pathFor } from './path-for.ts';
import { readRest } from './read-rest.ts';
import type { RestStream } from './rest-stream.ts';
import { timeOf } from './since.ts';

export type ReadPages<C> = (ctx: ReadContext<C>) => AsyncIterable<Page>;

/** Where reading goes on: at which page of the other stream, at the list of which of its records, and where in that. */
interface Place {
  parents?: Json;
  path?: string;
  list?: Json;
}

/** Reads a list for each record of another stream (`each`), one after the other. */
export function readEach<C>(definition: RestStream<C>, parents: ReadPages<C>): ReadPages<C> {
  const pathOf = pathFor(definition.path);
  const added = Object.entries(definition.adds ?? {}).map(([field, path]) => [field, compilePath(path)] as const);
  return async function* (ctx) {
    let place = (ctx.resume ?? {}) as Place;
    let fits: boolean | undefined = ctx.resume === undefined ? undefined : true; // whether the path suits the records, once there were some
    for await (const page of parents({ ...ctx, state: undefined, window: undefined, resume: place.parents })) {
      const lists = page.records.flatMap((parent) => {
        const path = pathOf(parent);
        return path === undefined ? [] : [{ parent, path }];
      });
      if (page.records.length > 0) fits = lists.length > 0 || (fits ?? false);
      const before = place.parents === undefined ? {} : { parents: place.parents };
      const begun = lists.findIndex(({ path }) => path === place.path);
      for (const { parent, path } of lists.slice(Math.max(begun, 0))) {
        const resume = path === place.path ? place.list : undefined;
        const extra = Object.fromEntries(added.map(([field, read]) => [field, read(parent) as Json]));
        for await (const list of listAt(path, parent, definition, { ...ctx, resume }))
          yield {
            ...withParent(list, path, extra),
            resume: { ...before, path, list: list.resume } as Json,
          };
      }
      place = { parents: page.resume };
      yield { records: [], resume: place as Json };
    }
    if (fits === false) throw noFields(definition);
  };
}

/** One page at least, so that it shows that reading goes on. A list that is not there is told, as it may be of a record that was removed a moment ago: it takes the others from nobody. */
async function* listAt<C>(
  path: string,
  parent: Row,
  definition: RestStream<C>,
  ctx: ReadContext<C>,
): AsyncGenerator<Page> {
  let pages = 0;
  try {
    for await (const page of readRest({ ...definition, path }, ctx)) {
      pages += 1;
      yield leftToNextRun(page, definition, ctx.until);
    }
    if (pages === 0) yield { records: [], resume: { done: true } };
  } catch (error) {
    if (!(error instanceof MillraceError) || httpStatus(error) !== 404) throw error;
    const reject = { raw: parent, position: path, code: error.code, message: error.message };
    yield { records: [], rejects: [reject], resume: { done: true } };
  }
}

/** What was changed after the run began: the lists that were read before may have such rows, too, and the next run goes on at the greatest that was seen. */
function leftToNextRun<C>(page: Page, { cursor, since }: RestStream<C>, until: string): Page {
  if (cursor === undefined || since === undefined) return page;
  const read = compilePath(cursor);
  const latest = Date.parse(until);
  const isDue = page.records.map((record) => !((timeOf(read(record)) ?? latest) > latest));
  const due = <T>(list: T[]): T[] => list.filter((_, index) => isDue[index]);
  return { ...page, records: due(page.records), positions: page.positions && due(page.positions) };
}

function withParent(page: Page, path: string, extra: Row): Page {
  const at = (position: string): string => `${path}, ${position}`;
  return {
    ...page,
    records: page.records.map((record) => ({ ...record, ...extra })),
    positions: page.positions?.map(at),
  };
}

function noFields<C>({ path, each }: RestStream<C>): MillraceError {
  return new MillraceError(
    'invalid_config',
    `No record of "${each}" has what the path "${path}" needs. Correct the fields in its braces.`,
  );
}
