import { nearestName, type JsonSchema } from '@millrace/sdk';
import { isFields, type ConfigDocument, type Fields, type Path } from '../documents/document.ts';
import type { Fault } from '../documents/faults.ts';
import { valueAt, withValue } from '../documents/fields.ts';
import { kinds, type Kind } from '../kinds/index.ts';
import { referenceText } from '../references/reference.ts';
import { resolveReferences, type ReferredField } from '../references/resolve.ts';
import { checkFields } from '../server/check-fields.ts';
import { namesOnly, propertiesOf, typesAt } from '../server/schema-at.ts';
import { described, type ServerState } from '../server/server-state.ts';
import { hideSecrets } from './hide-secrets.ts';
import { secretAround, secretsKept, writtenSecrets } from './check-secrets.ts';

/** A document that may be applied: its kind and its values are known. */
export interface CheckedDocument {
  document: ConfigDocument;
  kind: Kind;
  fields: Fields;
  referred: ReferredField[];
  /** Dotted paths of secret fields, whether there or not. */
  secrets: string[];
  /** Values from outside, which no message shows. */
  outside: string[];
}

/** Follows a document's references and compares it with the server's description; what is wrong is added to the faults. */
export async function checkDocument(
  document: ConfigDocument,
  { routes, connectors, resources, unread }: ServerState,
  env: Record<string, string | undefined>,
  faults: Fault[],
): Promise<CheckedDocument | undefined> {
  const at = (path: Path, message: string): unknown => faults.push({ place: document.placeOf(path), message });
  const kind = kinds.find(({ name }) => name === document.kind);
  const route = kind && routes.get(kind);
  if (!kind || !route) {
    at(['kind'], kind ? `This server has no kind "${kind.name}".` : unknownKind(document.kind));
    return undefined;
  }
  if (unread.includes(kind)) {
    at(
      ['kind'],
      `This key may not read ${kind.name} on the server, and so not apply it. Use one with the role ${kind.role}.`,
    );
    return undefined;
  }
  const before = faults.length;
  const secrets = kind.secrets?.(document.fields, connectors) ?? [];
  const schema = kind.refined?.(route.body, document.fields, connectors) ?? route.body;
  const { referred, outside, unset, ...resolved } = await resolveReferences(document, {
    env,
    typesAt: (path) => typesAt(schema, path),
    isSecret: (path) => secretAround(path, secrets) !== undefined,
  });
  faults.push(...resolved.faults, ...writtenSecrets(document, secrets));
  const kept = secretsKept(unset, secrets, described(resources, kind, document)?.secretsSet ?? []);
  for (const { path, reference } of unset) {
    if (kept.some((secret) => secret === secretAround(path, secrets))) continue;
    at(path, `${path.join('.')} refers to ${referenceText(reference)}, which is not set. Set it, then try again.`);
  }
  const fields = withSecrets(resolved.fields, kept, undefined);
  if (faults.length === before) {
    const hiding = { body: fields, secrets, outside };
    for (const { path, message } of checkFields(fields, describedBody(kind, route.body, schema)))
      at(path, hideSecrets(message, hiding));
  }
  return {
    document,
    kind,
    fields: kind.sealed !== undefined ? withSecrets(fields, kept, null) : fields,
    referred,
    secrets,
    outside,
  };
}

function withSecrets(fields: Fields, secrets: string[], value: null | undefined): Fields {
  return secrets.reduce((rest, secret) => withValue(rest, secret.split('.'), value), fields);
}

/** What the server describes of a body, without what a document says otherwise. Of a refined configuration only the names are checked here. */
function describedBody(kind: Kind, body: JsonSchema, refined: JsonSchema): JsonSchema {
  const { slug: _, ...properties } = propertiesOf(body);
  for (const name of Object.keys(kind.countedApart ?? {})) {
    const counted = properties[name];
    if (counted) properties[name] = withoutEdition(counted);
  }
  const open = kind.refined ? { config: namesOnly(propertiesOf(refined).config ?? {}) } : {};
  return { ...body, properties: { ...properties, ...kind.ownFields, ...open } };
}

function withoutEdition(schema: JsonSchema): JsonSchema {
  const { edition: _, ...properties } = propertiesOf(schema);
  return { ...schema, properties };
}

function unknownKind(name: string): string {
  const names = kinds.map((kind) => kind.name);
  const near = nearestName(name, names);
  return `There is no kind "${name}". ${near ? `Did you mean "${near}"?` : `There are: ${names.join(', ')}.`}`;
}

/** The documents and the server's resources that a document names. */
export function referencesOf({
  kind,
  fields,
}: Pick<CheckedDocument, 'kind' | 'fields'>): { path: Path; kind: string; slug: string }[] {
  return Object.entries(kind.refersTo ?? {}).flatMap(([dotted, target]) => {
    const path = dotted.split('.');
    const named = valueAt(fields, path);
    if (typeof named === 'string') return [{ path, kind: target, slug: named }];
    if (isFields(named)) return Object.keys(named).map((slug) => ({ path: [...path, slug], kind: target, slug }));
    if (!Array.isArray(named)) return [];
    return named.flatMap((slug, index) => {
      return typeof slug === 'string' ? [{ path: [...path, index], kind: target, slug }] : [];
    });
  });
}
