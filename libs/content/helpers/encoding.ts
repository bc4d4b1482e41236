import { createHash } from 'node:crypto';
import type { Helper, HelperCall } from './helper.ts';
import { textOf, unescaped } from './values.ts';

interface Encoder {
  name: string;
  doc: string;
  encode: (text: string, call: HelperCall) => string;
  /** Of "a b". */
  output: string;
}

const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
const hashed = (algorithm: string) => (text: string) => createHash(algorithm).update(text).digest('hex');

/** As java.net.URLEncoder does: for query values, not for paths. */
function formEncoded(text: string): string {
  return encodeURIComponent(wellFormed(text))
    .replace(/%20/g, '+')
    .replace(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const encoders: Encoder[] = [
  {
    name: 'urlEncode',
    doc: 'Encodes text for use in an address; as a block a space is +, as forms have it.',
    encode: (text, { choose }) => (choose ? formEncoded(text) : encodeURIComponent(wellFormed(text))),
    output: 'a+b',
  },
  {
    name: 'base64',
    doc: 'Base64 of the text in UTF-8.',
    encode: (text) => Buffer.from(text).toString('base64'),
    output: 'YSBi',
  },
  {
    name: 'hexEncode',
    doc: 'The bytes of the text in UTF-8, hexadecimal.',
    encode: (text) => Buffer.from(text).toString('hex'),
    output: '612062',
  },
  {
    name: 'md5',
    doc: 'MD5 of the text, hexadecimal.',
    encode: hashed('md5'),
    output: '0cc9cd4dd26c5137b675a0d819cb9ab0',
  },
  {
    name: 'sha1',
    doc: 'SHA-1 of the text, hexadecimal.',
    encode: hashed('sha1'),
    output: '7dbde93504122a707f849f2c12bdd9de71b41929',
  },
  {
    name: 'sha256',
    doc: 'SHA-256 of the text, hexadecimal.',
    encode: hashed('sha256'),
    output: 'c8687a08aa5d6ed2044328fa6a697ab8e96dc34291e8c2034ae8c38e6fcc6d65',
  },
];

export const encodingHelpers: Helper[] = [
  ...encoders.map(({ name, doc, encode, output }): Helper => ({
    name,
    usage: `#${name}, or ${name} text`,
    doc,
    dialect: 'Iterable',
    least: 0,
    block: true,
    example: { template: `{{#${name}}}{{text}}{{/${name}}}`, data: { text: 'a b' }, output },
    // As a block it takes what the block shows; inline its arguments, one behind the other.
    run: (args, call) => {
      const shown = call.choose?.(true) ?? args.map(textOf).join('');
      return encode(call.choose && !call.plain ? unescaped(shown) : shown, call);
    },
  })),
  {
    name: 'toJson',
    usage: 'toJson value',
    doc: 'The value as JSON. With < as \\u003c, so that it ends no <script type="application/ld+json">.',
    dialect: 'Iterable',
    example: { template: '{{{toJson tags}}}', data: { tags: ['a', 1] }, output: '["a",1]' },
    run: ([value]) => JSON.stringify(value ?? null).replaceAll('<', '\\u003c'),
  },
  {
    name: 'toUrlEncodedJson',
    usage: 'toUrlEncodedJson value',
    doc: 'The value as JSON, encoded for use in an address.',
    dialect: 'Iterable',
    example: { template: '{{toUrlEncodedJson tags}}', data: { tags: ['a', 1] }, output: '%5B%22a%22%2C1%5D' },
    run: ([value]) => formEncoded(JSON.stringify(value ?? null)),
  },
];
