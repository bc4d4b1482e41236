import { MillraceError, objectOf, parseJson, type Delivery, type Row } from '@millrace/sdk';

const required = ['id', 'source', 'specversion', 'type'];

/**
 * The CloudEvent in a delivery, structured or binary, with its attributes, and `data` as JSON or text, or `data_base64`. Throws `malformed_row`.
 * https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/bindings/http-protocol-binding.md
 */
export function eventOf(delivery: Delivery): Row {
  const event = isStructured(delivery) ? objectOf(delivery) : binaryEvent(delivery);
  const missing = required.find((name) => typeof event[name] !== 'string' || event[name] === '');
  if (missing !== undefined) throw new MillraceError('malformed_row', `The CloudEvent has no "${missing}".`);
  if (!String(event.specversion).startsWith('1.'))
    throw new MillraceError(
      'malformed_row',
      `Version ${String(event.specversion)} of CloudEvents is not known: send 1.0.`,
    );
  return event;
}

export function isStructured({ headers }: Pick<Delivery, 'headers'>): boolean {
  return headers['content-type']?.toLowerCase().startsWith('application/cloudevents') ?? false;
}

function binaryEvent({ headers, body }: Delivery): Row {
  const attributes = Object.entries(headers)
    .filter(([name, value]) => name.startsWith('ce-') && value !== undefined)
    .map(([name, value]) => [name.slice(3), decoded(value ?? '')]);
  const contentType = headers['content-type'];
  return {
    ...(Object.fromEntries(attributes) as Row),
    ...(contentType !== undefined && { datacontenttype: contentType }),
    ...dataOf(body, contentType),
  };
}

function dataOf(body: Buffer, contentType = 'application/json'): Row {
  if (body.length === 0) return {};
  if (/^[^;]*[/+]json\b/i.test(contentType)) return { data: objectOrAny(body) };
  const isText = /^(text\/|application\/xml|[^;]*\+xml)/i.test(contentType);
  const text = isText ? textOf(body, contentType) : undefined;
  return text === undefined ? { data_base64: body.toString('base64') } : { data: text };
}

/** In the character set that its type names, or UTF-8; undefined where that set is not known. */
function textOf(body: Buffer, contentType: string): string | undefined {
  const [, charset = 'utf-8'] = /;\s*charset="?([\w.:-]+)/i.exec(contentType) ?? [];
  try {
    return new TextDecoder(charset).decode(body);
  } catch {
    return undefined;
  }
}

function objectOrAny(body: Buffer): unknown {
  try {
    return parseJson(body.toString('utf8'));
  } catch (cause) {
    throw new MillraceError(
      'malformed_row',
      'The data of the CloudEvent is not JSON, though its content type says so.',
      { cause },
    );
  }
}

/** Section 3.1.3.2: values are percent-encoded, perhaps within quotes; what is not decodable is taken as it is. */
function decoded(value: string): string {
  const plain = unquoted(value);
  try {
    return decodeURIComponent(plain);
  } catch {
    return plain;
  }
}

function unquoted(value: string): string {
  return /^"(?:[^"\\]|\\.)*"$/.test(value) ? value.slice(1, -1).replaceAll(/\\(.)/g, '$1') : value;
}
