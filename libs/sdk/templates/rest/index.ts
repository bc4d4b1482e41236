export { excerpt } from './excerpt.ts';
export { httpError, httpStatus } from './http-error.ts';
export type { PageSize, Paging } from './paging.ts';
export { isRateLimit, limitRenewal } from './rate-limit.ts';
export { refusalCode, type RefusalCode } from './refusal-code.ts';
export { restSource, type RestSource } from './rest-source.ts';
export type { AnswerFormat, RestStream, TimeFormat } from './rest-stream.ts';
