import type { Delivery } from '@millrace/sdk';

/** A delivery as JSON text: it comes back exactly, whatever its bytes are. */
export interface PackedDelivery {
  method: string;
  url: string;
  headers: Record<string, string>;
  body: string;
  encoding: 'utf8' | 'base64';
}

/** Whoever looks at a delivery needs none of these, and must not learn them. */
const secretHeaders = ['authorization', 'proxy-authorization', 'cookie'];

/** Text of control characters grows sixfold in JSON: base64 is shorter then, and bounded. */
const mostEscaped = 2;
const mostHead = 40_000;

export function packDelivery({ method, url, headers, body }: Delivery): string {
  const shown = Object.entries(headers).filter(([name, value]) => value !== undefined && !secretHeaders.includes(name));
  const packed = { method, url, headers: Object.fromEntries(shown) };
  const text = body.toString('utf8');
  if (Buffer.from(text, 'utf8').equals(body)) {
    const json = JSON.stringify({ ...packed, body: text, encoding: 'utf8' });
    if (json.length <= mostEscaped * body.length + mostHead) return json;
  }
  return JSON.stringify({ ...packed, body: body.toString('base64'), encoding: 'base64' });
}

export function packedIn(json: string): PackedDelivery {
  return JSON.parse(json) as PackedDelivery;
}

export function unpackDelivery(json: string, receivedAt: Date): Delivery {
  const packed = packedIn(json);
  const { method, url, headers } = packed;
  return { method, url, headers, body: bodyOf(packed), receivedAt };
}

export function bodyOf({ body, encoding }: PackedDelivery): Buffer {
  return Buffer.from(body, encoding);
}
