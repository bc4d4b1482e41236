import { nearestName } from '@millrace/sdk';
import type { ConfigDocument } from '../documents/document.ts';
import { refuse, type Fault } from '../documents/faults.ts';
import { pathOf } from '../kinds/index.ts';
import { referenceText } from '../references/reference.ts';
import { find, type ServerState } from '../server/server-state.ts';
import { checkDocument, referencesOf, type CheckedDocument } from './check-document.ts';
import { inOrder } from './order.ts';

/**
 * The documents with their values, each after what it needs.
 * @throws MillraceError with everything that is wrong, and where
 */
export async function checkAll(
  documents: ConfigDocument[],
  state: ServerState,
  env: Record<string, string | undefined>,
): Promise<CheckedDocument[]> {
  const faults: Fault[] = [];
  const checked: CheckedDocument[] = [];
  for (const document of documents) {
    const one = await checkDocument(document, state, env, faults);
    if (one) checked.push(one);
  }
  const needing = checked.map((one) => ({ document: one.document, needs: needsOf(one, documents, state, faults) }));
  const { ordered, faults: circles } = inOrder(needing);
  refuse([...faults, ...circles, ...describedTwice(checked)]);
  return ordered.flatMap((document) => checked.filter((one) => one.document === document));
}

/** What is named otherwise than by slug: then the same slug is no fault yet, and another one no excuse. */
function describedTwice(checked: CheckedDocument[]): Fault[] {
  const first = new Map<string, ConfigDocument>();
  return checked.flatMap(({ kind, document, fields }) => {
    const path = pathOf(kind, document.slug, fields);
    const other = first.get(path);
    if (!other) first.set(path, document);
    if (!other) return [];
    const message = `The same ${kind.name} is described in ${other.placeOf(['slug'])} already. Remove one.`;
    return [{ place: document.placeOf(['slug']), message }];
  });
}

function needsOf(one: CheckedDocument, all: ConfigDocument[], { resources }: ServerState, faults: Fault[]) {
  const before = (one.kind.after?.(one.fields) ?? []).flatMap(({ kind, slug }) => {
    return all.filter((other) => other !== one.document && other.kind === kind && other.slug === slug);
  });
  const named = referencesOf(one).flatMap(({ path, kind, slug }) => {
    const need = all.find((other) => other.kind === kind && other.slug === slug);
    if (need) return [need];
    const byId = resources.find((resource) => resource.kind.name === kind && resource.id === slug);
    if (find(resources, kind, slug) && (!byId || byId.builtIn || byId.slug === slug)) return [];
    const known = [...all, ...resources.map((each) => ({ kind: each.kind.name, slug: each.slug }))];
    const from = one.referred.find((each) => each.path.join('.') === path.join('.'))?.reference;
    const slugs = known.filter((each) => each.kind === kind).map((each) => each.slug);
    const near = from === undefined ? nearestName(slug, slugs) : undefined;
    const message = byId
      ? `${path.join('.')} names the ${kind} by its id, which differs between servers. Use its slug: ${byId.slug}.`
      : `There is no ${kind} ${from === undefined ? `"${slug}"` : `that ${referenceText(from)} names`}, neither here nor on the server.${near ? ` Did you mean "${near}"?` : ''}`;
    faults.push({ place: one.document.placeOf(path), message });
    return [];
  });
  return [...before, ...named];
}
