import type { ConnectorContext } from '../../connector/index.ts';
import { MillraceError } from '../../errors/index.ts';
import { isObject } from '../../is-object.ts';
import { httpError } from '../rest/http-error.ts';
import { graphqlErrors } from './graphql-errors.ts';
import { graphqlFault, type GraphqlAnswer } from './graphql-fault.ts';
import { waitOut } from './wait-out.ts';

export interface GraphqlRequest {
  /** Relative to the `baseURL`. */
  path: string;
  query: string;
  variables?: object;
}

/**
 * The `data` of a GraphQL request. Waits where the API is throttled, and throws what else it reports, data or not: `rate_limited`,
 * `authentication_failed`, `permission_denied`, `remote_error`, `remote_rejected`.
 */
export async function askGraphql<T>(
  { http, signal }: Pick<ConnectorContext, 'http' | 'signal'>,
  { path, query, variables }: GraphqlRequest,
): Promise<T> {
  for (let repeat = 0; ; repeat++) {
    const answer = await send();
    const data = isObject(answer.body) ? answer.body.data : undefined;
    const fault = graphqlFault(graphqlErrors(answer.body), answer, http);
    if (!fault && isObject(data)) return data as T;
    if (!fault) throw new MillraceError('invalid_response', 'The GraphQL API gave no data. Check the address.');
    if (data) throw fault; // a part was done: a mutation must not be repeated
    await waitOut(fault, repeat, signal);
  }

  async function send(): Promise<GraphqlAnswer> {
    try {
      const { data: body, headers } = await http.post(path, { query, variables }, { responseType: 'json', signal });
      return { body, headers };
    } catch (error) {
      throw httpError(error);
    }
  }
}
