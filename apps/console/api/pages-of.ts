import type { ApiProblem } from './api-problem.ts';
import type { Api } from './api.ts';
import { patiently } from './patiently.ts';
import type { List } from './views/index.ts';

/** Rows of a page: the most that the API gives. */
const limit = 200;

/** Where a list is read on from. */
export interface Place<T> {
  /** The rows before it. */
  rows: readonly T[];
  /** Where its page begins; absent: at the list's beginning. */
  after?: string;
}

/**
 * Reads a list of the API; tells what there is so far with every page, in an array of its own, and where the last page begins.
 *
 * @param onWait hears why an attempt failed that is repeated
 * @param from where to begin
 */
export async function* pagesOf<T>(
  api: Api,
  path: string,
  signal: AbortSignal,
  onWait: (problem: ApiProblem) => void,
  from: Place<T> = { rows: [] },
): AsyncGenerator<{ found: readonly T[]; complete: boolean; lastPage: Place<T> }> {
  for (let lastPage = from; ;) {
    const { rows, after } = lastPage;
    const ask = () => api.get<List<T>>(path, { query: { after, limit }, signal });
    const { data, next } = await patiently(ask, signal, onWait);
    const found = [...rows, ...data];
    yield { found, complete: next === null, lastPage };
    if (next === null) return;
    lastPage = { rows: found, after: next };
  }
}
