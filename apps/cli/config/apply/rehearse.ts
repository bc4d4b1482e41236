import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import { refuse, type Fault } from '../documents/faults.ts';
import { valueAt } from '../documents/fields.ts';
import { referenceText } from '../references/reference.ts';
import { pathOf, type Kind } from '../kinds/index.ts';
import { described, type ServerState } from '../server/server-state.ts';
import type { Difference } from './difference.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { Step } from './step.ts';

/**
 * Asks the server what only it can tell: whether it would take the step, and whether it would store another secret, for secrets are never read back.
 * @throws MillraceError with all that it would refuse
 */
export async function rehearse(steps: Step[], state: ServerState, api: ApiClient): Promise<Step[]> {
  const faults: Fault[] = [];
  const rehearsed: Step[] = [];
  for (const step of steps) {
    const path = state.routes.get(step.kind)?.rehearses ? pathOfRehearsal(step, rehearsed, state) : undefined;
    rehearsed.push(path === undefined ? step : await rehearseOne(step, path, state, api, faults));
  }
  refuse(faults);
  return rehearsed;
}

function pathOfRehearsal({ kind, document, fields, body }: Step, before: Step[], { resources }: ServerState): string {
  const news = before.filter(({ action }) => action !== 'unchanged');
  const offline = Object.entries(kind.asks ?? {}).some(([path, grows]) => {
    const slug = valueAt(fields, path.split('.'));
    const isNamed = (one: { kind: Kind; slug: string }): boolean => one.kind.name === 'connection' && one.slug === slug;
    const isMade = news.some((step) => isNamed({ kind: step.kind, slug: step.document.slug }));
    return isMade || (grows === 'growing' && news.length > 0 && resources.find(isNamed)?.builtIn === true);
  });
  return `${pathOf(kind, document.slug, body)}?rehearse=true${offline ? '&offline=true' : ''}`;
}

async function rehearseOne(
  step: Step,
  path: string,
  { resources }: ServerState,
  api: ApiClient,
  faults: Fault[],
): Promise<Step> {
  const { kind, document, action, body, secrets, fields } = step;
  const given = secrets.filter((path) => (valueAt(body, path.split('.')) ?? null) !== null);
  if (action === 'unchanged' && given.length === 0) return step;
  const present = described(resources, kind, { slug: document.slug, fields });
  try {
    const answer = await api.put<{ revision?: number } | undefined>(path, body);
    if (given.length === 0 || answer?.revision === present?.revision) return step;
    const news = given.map((each) => secretDifference(each, step));
    return { ...step, action: present ? 'change' : 'create', differences: [...step.differences, ...news] };
  } catch (error) {
    if (!(error instanceof ApiError) || error.status === 403) throw error;
    faults.push({ place: document.placeOf([]), message: hideSecrets(error.message, step) });
    return step;
  }
}

function secretDifference(dotted: string, { referred, body }: Step): Difference {
  const path = dotted.split('.');
  if (valueAt(body, path) === '') return { path, note: 'cleared' };
  const reference = referred.find((one) => one.path.join('.') === dotted)?.reference;
  return { path, note: reference ? `from ${referenceText(reference)}` : 'another value' };
}
