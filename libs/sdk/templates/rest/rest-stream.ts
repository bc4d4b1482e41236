import type { Json } from '../../json.ts';
import type { Stream } from '../../connector/index.ts';
import type { Paging } from './paging.ts';

export type TimeFormat = 'iso' | 'epoch' | 'epochMs';

/** What an API's answers are written in: one JSON text, a JSON object a line, or comma-separated values. */
export type AnswerFormat = 'json' | 'jsonl' | 'csv';

/** How an API is asked for what changed. */
export interface Since {
  param: string;
  format?: TimeFormat;
  /** What the parameter says, where that is more than the value: `greater-or-equal(updated,{since})`. */
  expression?: string;
}

/** A stream of a REST API as a declaration; what it shares with `Stream` means the same. */
export interface RestStream<C = unknown> extends Pick<
  Stream<C>,
  'title' | 'description' | 'key' | 'cursor' | 'lookback' | 'schema' | 'outputs'
> {
  /** Relative to the connector's `baseURL`. With `each`, fields of the other stream's record stand in braces: `/customers/{id}/orders`. */
  path: string;
  /** Another stream of this source: the list is asked for once for each of its records. */
  each?: string;
  /** Fields that each record gets from that other record: name → path. */
  adds?: Record<string, string>;
  /** Default GET. With POST, `body` is sent as JSON. Paging and `since` are put into it: their parameters are paths, as `variables.after` and `filters[0].value`. */
  method?: 'GET' | 'POST';
  params?: Record<string, string | number | boolean>;
  body?: Record<string, Json>;
  headers?: Record<string, string>;
  /** Default json. Of CSV the first line names the columns; values are text, empty ones null. */
  format?: AnswerFormat;
  /** Of CSV: one character, or `tab` (default: a comma). */
  delimiter?: string;
  /** Of JSON: path of the list within the answer (default: the answer is the list). */
  records?: string;
  /** Default none: everything comes in one answer. */
  paging?: Paging;
  /**
   * Asks only for what changed since the last run's greatest cursor: sent in this format, or (default) as the API itself wrote it. An API that leaves
   * out what has the value itself needs a `lookback`, so that rows which share it are not lost.
   */
  since?: Since;
}
