/** The server's API, as the console uses it. */
export { Api } from './api.ts';
export { ApiContext, useApi } from './api-context.ts';
export { ApiProblem, asProblem, overtakenBy } from './api-problem.ts';
export { mayPass, patiently } from './patiently.ts';
export { randomId } from './random-id.ts';
export { repeatedly } from './repeatedly.ts';
export { useAct, type Acting } from './use-act.ts';
export { useFollowed, type Followed } from './use-followed.ts';
export { useGrowingList, type GrowingList } from './use-growing-list.ts';
export { usePagedList, type PagedList } from './use-paged-list.ts';
export type * from './views/index.ts';
