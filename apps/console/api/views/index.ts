/**
 * What the console reads of the API's answers, and no more. Each interface names the schema of the OpenAPI description that it is a
 * part of: a test holds the two together, so nothing of the server's code has to be imported. What is `@awaited` may be absent there:
 * the Studio does without it.
 */
export type * from './alerts.ts';
export type * from './audiences.ts';
export type * from './common.ts';
export type * from './connections.ts';
export type * from './dry-run.ts';
export type * from './keys.ts';
export type * from './lint.ts';
export type * from './people.ts';
export type * from './preflight.ts';
export type * from './preview.ts';
export type * from './privacy.ts';
export type * from './runs.ts';
export type * from './sending.ts';
export type * from './syncs.ts';
export type * from './templates.ts';
export type * from './variants.ts';
