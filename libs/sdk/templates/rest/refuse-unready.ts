import type { AxiosResponse } from 'axios';
import { MillraceError } from '../../errors/index.ts';
import { compilePath } from '../../mapping/index.ts';
import { askedWait } from './rate-limit.ts';
import type { RestStream } from './rest-stream.ts';

/**
 * Throws for an answer whose status says that what was asked for is still being made (RFC 9110, 15.3.3): `rate_limited`, as the other side is well and
 * only asks to wait. One that has the list all the same is taken.
 *
 * @param request `GET /items`
 */
export function refuseUnready<C>(
  { status, headers }: AxiosResponse<unknown>,
  content: unknown,
  { format = 'json', records }: Pick<RestStream<C>, 'format' | 'records'>,
  request: string,
): void {
  if (status !== 202) return;
  const list = records === undefined ? content : compilePath(records)(content as Record<string, unknown>);
  if (format === 'json' ? Array.isArray(list) : (content as string | Buffer).length > 0) return;
  throw new MillraceError(
    'rate_limited',
    `${request} answered 202: what was asked for is not ready yet. It is tried again later.`,
    { retryAfter: askedWait(headers) },
  );
}
