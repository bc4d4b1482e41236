import type { Request } from 'express';
import { MillraceError } from '@millrace/sdk';
import type { LinkAction, ShownPurposes } from './preferences.ts';

const mostBytes = 20_000;

/**
 * What a POST to a link asks for. RFC 8058 (3.1) lets mail programs send `List-Unsubscribe=One-Click` as a form of either encoding.
 * Throws `bad_request` for anything else.
 */
export async function readAction(request: Request): Promise<LinkAction> {
  const fields = request.is('multipart/form-data') ? await multipart(request) : formOf(request.body);
  if (fields.get('List-Unsubscribe') === 'One-Click') return { do: 'one-click' };
  switch (fields.get('action')) {
    case 'unsubscribe':
      return { do: 'unsubscribe' };
    case 'all':
      return { do: 'unsubscribe from all' };
    case 'choose':
      return { do: 'choose', wanted: new Set(fields.getAll('wanted')), ...shownBy(fields) };
    default:
      throw new MillraceError('bad_request', 'The form is not complete. Open the link again.');
  }
}

/** Nothing where the form does not say: all is meant then. */
function shownBy(fields: URLSearchParams): { shown?: ShownPurposes } {
  if (!fields.has('offered')) return {};
  return { shown: { offered: new Set(fields.getAll('offered')), chosen: new Set(fields.getAll('chosen')) } };
}

function formOf(body: unknown): URLSearchParams {
  const fields = new URLSearchParams();
  for (const [name, value] of Object.entries((body ?? {}) as Record<string, unknown>))
    for (const one of Array.isArray(value) ? (value as unknown[]) : [value])
      if (typeof one === 'string') fields.append(name, one);
  return fields;
}

/** Mail programs send one short field: the first line of each part's value is enough. */
async function multipart(request: Request): Promise<URLSearchParams> {
  let text = '';
  for await (const chunk of request as AsyncIterable<Buffer>) {
    text += chunk.toString('latin1');
    if (text.length > mostBytes) throw new MillraceError('payload_too_large', 'The form is too large.');
  }
  const fields = new URLSearchParams();
  const part =
    /content-disposition:\s*form-data;\s*name="([^"\r\n]{1,100})"[^\r\n]*\r\n(?:[^\r\n]+\r\n)*\r\n([^\r\n]*)\r\n/gi;
  for (const [, name = '', value = ''] of text.matchAll(part)) fields.append(name, value);
  return fields;
}
