import { secretValues } from '@millrace/sdk';
import type { Fields } from '../documents/document.ts';

/** Whatever a message says, it does not say a secret. */
export function hideSecrets(message: string, { body, secrets }: { body: Fields; secrets: string[] }): string {
  return secretValues(body, secrets)
    .filter((text) => text !== '')
    .reduce((text, secret) => text.replaceAll(secret, '•••'), message);
}
