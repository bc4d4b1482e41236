export { httpsOptions } from './https-options.ts';
export { decodeCursor, encodeCursor } from './cursor.ts';
export { PageQuery, type List } from './page-query.ts';
export { prepareApp, type AppOptions } from './prepare-app.ts';
export { Public, publicRoute } from './public.ts';
export { requestId, requestIdOf } from './request-id.ts';
export { validationPipe } from './validation-pipe.ts';
export { Idempotent } from './idempotent.ts';
export { IdempotencyKey, idempotencyKeySchema } from './idempotency-key.schema.ts';
