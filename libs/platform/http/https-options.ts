import { readFileSync } from 'node:fs';
import { MillraceError, messageOf } from '@millrace/sdk';
import type { Settings } from '../settings/index.ts';

/**
 * The `httpsOptions` of `NestFactory.create`: certificate and key of the settings, undefined where there are none.
 * Throws `invalid_settings` when a file cannot be read.
 */
export function httpsOptions({ tlsCert, tlsKey }: Settings): { cert: Buffer; key: Buffer } | undefined {
  if (tlsCert === undefined || tlsKey === undefined) return undefined;
  try {
    return { cert: readFileSync(tlsCert), key: readFileSync(tlsKey) };
  } catch (cause) {
    throw new MillraceError(
      'invalid_settings',
      `MILLRACE_TLS_CERT or MILLRACE_TLS_KEY cannot be read: ${messageOf(cause)}`,
      {
        cause,
      },
    );
  }
}
