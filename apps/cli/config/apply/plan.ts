import { MillraceError } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import { isFields, type Fields } from '../documents/document.ts';
import { withValue } from '../documents/fields.ts';
import { described, type Resource, type ServerState } from '../server/server-state.ts';
import { ownerLabel, withoutOwners } from '../server/owner-label.ts';
import { propertiesOf } from '../server/schema-at.ts';
import type { CheckedDocument } from './check-document.ts';
import { differencesOf, type Difference } from './difference.ts';
import { hideReferred } from './hide-referred.ts';
import { madeBy } from './ours.ts';
import { rehearse } from './rehearse.ts';
import type { Removal } from './removal.ts';
import { plannedRemovals } from './removals.ts';
import type { Step } from './step.ts';

export interface Plan {
  /** In the order in which they are carried out. */
  steps: Step[];
  /** What goes, each before what it uses. */
  removals: Removal[];
  onlyOnServer: Resource[];
  /** In whose name it is made. */
  owner?: string;
}

export interface PlanOptions {
  /** Whose resources these are; it gets a label on what is made. */
  owner?: string;
  /** What the owner made and no document describes any more is removed. */
  prune?: boolean;
}

/** What applying would do. Changes nothing; asks the server to rehearse what only it can tell. */
export async function planFor(
  checked: CheckedDocument[],
  state: ServerState,
  api: ApiClient,
  { owner, prune }: PlanOptions,
): Promise<Plan> {
  if (prune === true) requireAllRead(state);
  const steps = await rehearse(
    checked.map((one) => stepFor(one, state, owner)),
    state,
    api,
  );
  const wanted = new Set(checked.map((one) => presentOf(one, state)));
  const others = state.resources.filter((resource) => !resource.builtIn && !wanted.has(resource));
  const isOurs = prune === true && owner !== undefined ? await madeBy(owner, state, api) : () => false;
  const going = others.filter(isOurs);
  return {
    steps,
    removals: await plannedRemovals(going, others, steps, state, api),
    onlyOnServer: others.filter((resource) => !going.includes(resource)),
    ...(owner !== undefined && { owner }),
  };
}

/** What of the owner's is of a kind that cannot be read, and what that uses, would be judged blindly. */
function requireAllRead({ unread }: ServerState): void {
  if (unread.length === 0) return;
  const names = unread.map(({ name }) => name).join(', ');
  throw new MillraceError(
    'forbidden',
    `--prune takes a key that may read all kinds; this one may not read ${names}. Use another key, or leave out --prune. Nothing was changed.`,
  );
}

function stepFor(one: CheckedDocument, state: ServerState, owner: string | undefined): Step {
  const { kind, fields, secrets, referred } = one;
  const present = presentOf(one, state);
  const properties = propertiesOf(state.routes.get(kind)?.body);
  const complete = (given: Fields): Fields => {
    const whole = { ...kind.defaults, ...(kind.normalised?.(given) ?? given) };
    return kind.labelled ? withoutOwners(whole) : whole;
  };
  const left = Object.fromEntries((kind.leftAlone ?? []).flatMap((name) => entry(name, present?.fields[name])));
  const wanted = complete({ ...left, ...fields });
  const open = secrets.reduce((rest, path) => withValue(rest, path.split('.'), undefined), wanted);
  const unsealed = (all: Fields): Fields =>
    kind.sealed === undefined ? all : withValue(all, [kind.sealed], undefined);
  const differences = [
    ...differencesOf(present ? unsealed(complete(present.fields)) : {}, unsealed(open)),
    ...secretsRemoved(one, present),
  ];
  const owners = present?.ownerLabels ?? (owner === undefined ? [] : [ownerLabel(owner)]);
  const labels = { labels: [...((wanted.labels ?? []) as string[]), ...owners] };
  const body = Object.entries(wanted).filter(([name]) => Object.hasOwn(properties, name));
  return {
    ...one,
    action: actionFor(present, differences),
    differences: hideReferred(differences, referred),
    body: { ...withEditions(withOutlived(Object.fromEntries(body), present), present), ...(kind.labelled && labels) },
    fence: state.routes.get(kind)?.fenced === true ? fenceAt(present, one) : {},
  };
}

function actionFor(present: Resource | undefined, differences: Difference[]): Step['action'] {
  if (!present) return 'create';
  if (differences.length === 0) return 'unchanged';
  return present.builtIn && present.kind.startsUnset === true ? 'create' : 'change';
}

function fenceAt(present: Resource | undefined, { kind, document }: CheckedDocument): Record<string, string> {
  if (!present) return kind.comesAlong?.includes(document.slug) === true ? {} : { 'if-none-match': '*' };
  return typeof present.edition === 'number' ? { 'if-match': `"${present.edition}"` } : {};
}

function presentOf({ kind, document, fields }: CheckedDocument, { resources }: ServerState): Resource | undefined {
  return described(resources, kind, { slug: document.slug, fields });
}

/** What documents do not have stays, unless they do without the whole field. */
function withOutlived(body: Fields, present: Resource | undefined): Fields {
  const kept = Object.entries(present?.outlived ?? {}).flatMap(([name, gone]) => {
    const said = body[name];
    if (Array.isArray(said) && Array.isArray(gone)) return entry(name, [...said, ...gone]);
    return isFields(said) && isFields(gone) ? entry(name, { ...said, ...gone }) : [];
  });
  return { ...body, ...Object.fromEntries(kept) };
}

/** Like a fence, for what the server counts apart. */
function withEditions(body: Fields, present: Resource | undefined): Fields {
  const named = Object.entries(present?.editions ?? {}).flatMap(([name, edition]) => {
    const said = body[name];
    return isFields(said) ? entry(name, { ...said, edition }) : [];
  });
  return { ...body, ...Object.fromEntries(named) };
}

/** Of what is all secrets, those that are named no more. */
function secretsRemoved({ kind, fields, secrets }: CheckedDocument, present: Resource | undefined): Difference[] {
  if (kind.sealed === undefined || fields[kind.sealed] === undefined) return [];
  const gone = present?.secretsSet.filter((path) => !secrets.includes(path)) ?? [];
  return gone.map((path) => ({ path: path.split('.'), note: 'removed' }));
}

function entry(name: string, value: Fields[string] | undefined): [string, Fields[string]][] {
  return value === undefined ? [] : [[name, value]];
}
