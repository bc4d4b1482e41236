import axios, { type AxiosResponseTransformer, type InternalAxiosRequestConfig } from 'axios';
import { withExactIntegers } from './parse-json.ts';

/** `transformResponse` of an axios instance: axios' own, with integers kept exact as by `parseJson`. */
export const exactJsonResponse: AxiosResponseTransformer[] = [
  exactIntegers,
  ...[axios.defaults.transformResponse ?? []].flat(),
];

function exactIntegers(this: InternalAxiosRequestConfig, data: unknown): unknown {
  const isParsed = this.responseType === undefined || this.responseType === 'json';
  return typeof data === 'string' && isParsed ? withExactIntegers(data) : data;
}
