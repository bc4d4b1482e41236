import axios from 'axios';
import type { HttpClient, ReadContext } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { errorsByRecord, graphqlFault, waitOut } from '../graphql/index.ts';
import { answerFormats, contentOf } from './answer-content.ts';
import { bodyWith } from './body-with.ts';
import { httpError } from './http-error.ts';
import type { PageAnswer, PageRequest } from './pager.ts';
import { refuseUnready } from './refuse-unready.ts';
import type { RestStream } from './rest-stream.ts';
import { sinceParam } from './since.ts';

export type Answer = Omit<PageAnswer, 'count'>;

/** Asks for one page. Throws a MillraceError; `invalid_response` when the answer is not in the stream's format; likewise what a GraphQL answer reports, unless it is about single records. */
export async function requestPage<C>(
  definition: RestStream<C>,
  ctx: ReadContext<C>,
  page: PageRequest,
): Promise<Answer> {
  for (let repeat = 0; ; repeat++) {
    const { headers, ...answer } = await requestOnce(definition, ctx, page);
    const { others } = errorsByRecord(answer.body, definition.records);
    const fault = graphqlFault(others, { body: answer.body, headers }, ctx.http);
    if (!fault) return answer;
    await waitOut(fault, repeat, ctx.signal);
  }
}

async function requestOnce<C>(
  definition: RestStream<C>,
  { http, signal, state, window }: ReadContext<C>,
  page: PageRequest,
): Promise<Answer & { headers: Record<string, unknown> }> {
  const { path, method = 'GET', headers, format = 'json' } = definition;
  const { accept } = answerFormats[format];
  const url = page.url === undefined ? ownUrl(http, path) : urlOn(http, page.url);
  const own = { ...sinceParam(definition, { state, window }), ...page.params };
  const params = page.url === undefined ? { ...definition.params, ...(method === 'GET' && own) } : undefined;
  try {
    const answer = await http.request<unknown>({
      ...{ url: url.href, method, params, signal },
      headers: { accept, ...headers },
      ...(method === 'POST' && { data: bodyWith(definition.body, own) }),
      responseType: 'arraybuffer', // decoded and parsed here: rows one by one, and so that what is something else can be shown
    });
    const ownParams = Object.keys((http.defaults.params ?? {}) as object);
    const request = `${method} ${url.pathname}`;
    const body = await contentOf(answer, format, { request, http });
    refuseUnready(answer, body, definition, request);
    return {
      body,
      headers: answer.headers,
      link: answer.headers.link as unknown,
      url,
      ownParams,
    };
  } catch (error) {
    signal.throwIfAborted();
    throw httpError(error);
  }
}

/** The stream's address. A path that leaves the host of the base URL would take the credentials along. */
function ownUrl(http: HttpClient, path: string): URL {
  const base = http.defaults.baseURL ?? '';
  const full = axios.getUri({ baseURL: base, url: path });
  if (URL.canParse(base) && URL.canParse(full) && new URL(full).origin === new URL(base).origin) return new URL(full);
  throw new MillraceError(
    'invalid_config',
    `The path "${path}" does not lead to an address under the base URL. Set a base URL with https:// and paths relative to it.`,
  );
}

function urlOn(http: HttpClient, pathAndQuery: string): URL {
  return new URL(new URL(http.defaults.baseURL ?? '').origin + pathAndQuery);
}
