import type { Page, ReadContext } from '../../connector/index.ts';
import type { Json } from '../../json.ts';
import { recordsReader } from './answer-rows.ts';
import { httpStatus } from './http-error.ts';
import { pagerOf, type Pager } from './pager.ts';
import { RepeatGuard } from './repeat-guard.ts';
import { requestPage, type Answer } from './request.ts';
import type { RestStream } from './rest-stream.ts';

/** Where the slice goes on: the number and position of the next page, and the fingerprint of the page before. */
type Place = { page: number; position: Json; seen?: string };
type Resume = Place | { done: true };

/** Reads a stream page by page; every page's `resume` says how to ask for the next one. */
export async function* readRest<C>(definition: RestStream<C>, ctx: ReadContext<C>): AsyncGenerator<Page> {
  const pager = pagerOf(definition.paging ?? { kind: 'none' });
  const recordsIn = recordsReader(definition);
  let place: Resume = (ctx.resume as Resume | undefined) ?? { page: 1, position: pager.first };
  const repeats = new RepeatGuard('seen' in place ? place.seen : undefined);
  while (!('done' in place)) {
    ctx.signal.throwIfAborted();
    const { page, position }: Place = place;
    const answer = await pageOrEnd(definition, ctx, pager, place);
    if (!answer) return;
    const { count, ...rows } = recordsIn(answer.body, page, ctx.http);
    const items = [...rows.records, ...rows.rejects];
    if (pager.mayRepeatLast?.(position) && repeats.isSame(items)) return;
    const seen = repeats.page(items, page);
    const next = pager.next(position, { ...answer, count });
    // an API that always names a next page ends with an empty one that leads to itself
    const ends = next === undefined || (count === 0 && same(next, position));
    if (!ends) repeats.goOn(position, next);
    place = ends ? { done: true } : { page: page + 1, position: next, seen };
    if (count > 0) yield { ...rows, resume: place };
  }
}

/** The answer; undefined where an API has an error for a page past the last one. */
async function pageOrEnd<C>(
  definition: RestStream<C>,
  ctx: ReadContext<C>,
  pager: Pager,
  { position }: Place,
): Promise<Answer | undefined> {
  try {
    return await requestPage(definition, ctx, pager.request(position));
  } catch (error) {
    if (pager.isPastEnd?.(position, httpStatus(error))) return undefined;
    throw error;
  }
}

function same(a: Json, b: Json): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
