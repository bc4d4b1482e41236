/** The server's API, as the console uses it. */
export { Api } from './api.ts';
export { ApiContext, useApi } from './api-context.ts';
export { ApiProblem, asProblem } from './api-problem.ts';
export { patiently } from './patiently.ts';
export { randomId } from './random-id.ts';
export type * from './views/index.ts';
