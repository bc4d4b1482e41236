import type { ConfigDocument, Path } from '../documents/document.ts';
import type { Fault } from '../documents/faults.ts';
import { valueAt } from '../documents/fields.ts';
import { onlyReferences } from '../references/reference.ts';
import type { ReferredField } from '../references/resolve.ts';

/** The secret that a path is, or lies in: some secrets are objects. */
export function secretAround(path: Path, secrets: string[]): string | undefined {
  const dotted = path.join('.');
  return secrets.find((secret) => dotted === secret || dotted.startsWith(`${secret}.`));
}

/** Secrets whose reference leads nowhere here, but which the server has: it keeps them. */
export function secretsKept(unset: ReferredField[], secrets: string[], secretsSet: string[]): string[] {
  const around = unset.map(({ path }) => secretAround(path, secrets));
  return secretsSet.filter((secret) => around.includes(secret));
}

/** Secrets that stand in the document itself. */
export function writtenSecrets(document: ConfigDocument, secrets: string[]): Fault[] {
  return secrets.flatMap((secret) => {
    const path = secret.split('.');
    const written = valueAt(document.fields, path);
    if (written === undefined || written === '' || onlyReferences(written)) return [];
    const message = `${secret} is a secret, which does not belong into a file. Refer to it: { $env: NAME }.`;
    return [{ place: document.placeOf(path), message }];
  });
}
