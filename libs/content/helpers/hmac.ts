import { createHmac } from 'node:crypto';
import type { Helper } from './helper.ts';
import { failed, textOf } from './values.ts';

interface Algorithm {
  name: string;
  algorithm: string;
  title: string;
  /** Of "123456789", with the secret `secret`. */
  output: string;
}

const algorithms: Algorithm[] = [
  {
    name: 'hmacSHA1',
    algorithm: 'sha1',
    title: 'HMAC-SHA-1',
    output: 'e5ca2d0a7d8cdd938470d3eba325c17977874d50',
  },
  {
    name: 'hmacSHA256',
    algorithm: 'sha256',
    title: 'HMAC-SHA-256',
    output: 'e9f1f91535398c73105b095ee2be45fa6a26fd4ee56f17b1410ce2145850df42',
  },
];

/**
 * Iterable's, whose documentation ("Personalizing Templates with Handlebars", "Encoding and Hashing Helpers") says: what is given is put together,
 * signed with the project's secret, and printed in hexadecimal. Templates never name the secret.
 */
export const hmacHelpers: Helper[] = algorithms.map(({ name, algorithm, title, output }) => ({
  name,
  usage: `${name} value …`,
  doc: `${title} of the values, one behind the other, in UTF-8, signed with MILLRACE_TEMPLATE_HMAC_SECRET; hexadecimal.`,
  dialect: 'Iterable',
  example: { template: `{{${name} userId}}`, data: { userId: 123456789 }, output },
  run: (values, { hmacSecret }) => {
    if (hmacSecret !== undefined)
      return createHmac(algorithm, hmacSecret).update(values.map(textOf).join('')).digest('hex');
    throw failed(`"${name}" needs a secret to sign with: whoever runs Millrace sets MILLRACE_TEMPLATE_HMAC_SECRET.`);
  },
}));
