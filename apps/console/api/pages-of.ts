import type { ApiProblem } from './api-problem.ts';
import type { Api } from './api.ts';
import { patiently } from './patiently.ts';
import type { List } from './views/index.ts';

/** Rows of a page: the most that the API gives. */
const limit = 200;

/**
 * Reads a whole list of the API; tells what there is so far with every page, in an array of its own.
 *
 * @param onWait hears why an attempt failed that is repeated
 */
export async function* pagesOf<T>(
  api: Api,
  path: string,
  signal: AbortSignal,
  onWait: (problem: ApiProblem) => void,
): AsyncGenerator<{ found: readonly T[]; complete: boolean }> {
  const all: T[] = [];
  let after: string | undefined;
  do {
    const ask = () => api.get<List<T>>(path, { query: { after, limit }, signal });
    const { data, next } = await patiently(ask, signal, onWait);
    after = next ?? undefined;
    all.push(...data);
    yield { found: [...all], complete: after === undefined };
  } while (after !== undefined);
}
