import type { Json } from '@millrace/sdk';
import { isFields, type Fields } from '../documents/document.ts';
import { valueAt } from '../documents/fields.ts';

/** Whatever a message says, it does not say a secret. */
export function hideSecrets(message: string, { body, secrets }: { body: Fields; secrets: string[] }): string {
  return secrets
    .flatMap((path) => textsIn(valueAt(body, path.split('.'))))
    .filter((text) => text !== '')
    .reduce((text, secret) => text.replaceAll(secret, '•••'), message);
}

function textsIn(value: Json | undefined): string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) || isFields(value) ? Object.values(value).flatMap(textsIn) : [];
}
