import { isObject } from '@millrace/sdk';
import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { refuse, type Fault } from '../documents/faults.ts';
import type { Resource, ServerState } from '../server/server-state.ts';
import { namedBy } from './named-by.ts';
import type { Removal } from './removal.ts';
import { inRemovalOrder } from './removal-order.ts';
import type { Step } from './step.ts';

interface Named {
  kind: string;
  slug: string;
}

/**
 * What goes, in the order in which it goes.
 * @param others what no file describes, those that go among them
 * @throws MillraceError with everything that would go and is used by what stays
 */
export async function plannedRemovals(
  going: Resource[],
  others: Resource[],
  steps: Step[],
  state: ServerState,
  api: ApiClient,
): Promise<Removal[]> {
  const faults = steps.flatMap((step) => namesGoing(step, going));
  const removals: Removal[] = [];
  for (const resource of going) {
    const known = others.filter((other) => other !== resource && namedBy(other).some((one) => is(resource, one)));
    const refusal = state.routes.get(resource.kind)?.rehearsesRemoval ? await refusalOf(resource, api) : undefined;
    const told = usersIn(refusal, state);
    const users = [...known.map(nameOf), ...told.filter((user) => !ceases(user, steps))];
    const staying = users.filter((user) => !going.some((one) => is(one, user)));
    const unexplained = refusal !== undefined && told.length === 0 && known.length === 0;
    if (staying.length > 0 || unexplained) faults.push(faultOf(resource, staying, refusal));
    removals.push({ resource, usedBy: going.filter((one) => one !== resource && users.some((user) => is(one, user))) });
  }
  refuse(faults);
  return inRemovalOrder(removals);
}

function namesGoing(step: Step, going: Resource[]): Fault[] {
  return namedBy(step).flatMap(({ path, ...named }) => {
    if (!going.some((resource) => is(resource, named))) return [];
    const message = `uses the ${named.kind} "${named.slug}", which no file describes any more and --prune would remove. Describe it, or use another.`;
    return [{ place: step.document.placeOf(path), message }];
  });
}

async function refusalOf({ kind, id }: Resource, api: ApiClient): Promise<ApiError | undefined> {
  try {
    await api.delete(`${kind.path}/${encodeURIComponent(id)}`, { rehearse: true });
    return undefined;
  } catch (error) {
    if (error instanceof ApiError && error.status !== 403 && error.status !== 0) return error;
    throw error;
  }
}

/** Those that an error names in its details, by their slugs. */
function usersIn(refusal: ApiError | undefined, { resources }: ServerState): Named[] {
  const details = isObject(refusal?.details) ? refusal.details : {};
  const listed = (list: unknown): Record<string, unknown>[] => (Array.isArray(list) ? list.filter(isObject) : []);
  const templates = listed(details.templates).map((one): Record<string, unknown> => ({ ...one, kind: 'template' }));
  const users = [...listed(details.users), ...templates].flatMap(({ kind, id }) =>
    typeof kind === 'string' && typeof id === 'string' ? [{ kind, slug: id }] : [],
  );
  return users.map((user) => {
    const resource = resources.find((one) => is(one, user));
    return resource ? nameOf(resource) : user;
  });
}

/** It is changed by the same files, which were found not to name what goes; of what has versions, by a new one. */
function ceases(user: Named, steps: Step[]): boolean {
  return steps.some(
    ({ kind, document, action, fields }) =>
      kind.name === user.kind &&
      document.slug === user.slug &&
      action === 'change' &&
      (kind.together === undefined || fields.publish === true),
  );
}

function faultOf(resource: Resource, staying: Named[], refusal: ApiError | undefined): Fault {
  const users = [...new Set(staying.map(({ kind, slug }) => `${kind} ${slug}`))].join(', ');
  const reason = users === '' ? refusal?.message : `it is used by ${users}. Change that first.`;
  return { place: '--prune', message: `cannot remove ${resource.kind.name} ${resource.slug}: ${reason}` };
}

function is({ kind, slug, id }: Resource, named: Named): boolean {
  return kind.name === named.kind && (slug === named.slug || id === named.slug);
}

function nameOf({ kind, slug }: Resource): Named {
  return { kind: kind.name, slug };
}
