/** The connector contract. Knows neither Nest nor Mongoose; plugins import this and nothing else of ours. */
export * from './json.ts';
export { isObject } from './is-object.ts';
export { exactJsonResponse } from './exact-json-response.ts';
export { documentLevels, parseJson } from './parse-json.ts';
export * from './errors/index.ts';
export * from './schema/index.ts';
export * from './config/index.ts';
export * from './condition/index.ts';
export * from './connector/index.ts';
export * from './oauth/index.ts';
export * from './mapping/index.ts';
export * from './record-kinds/index.ts';
export * from './rows/index.ts';
export * from './templates/index.ts';
export * from './signing/index.ts';
export * from './webhooks/index.ts';
