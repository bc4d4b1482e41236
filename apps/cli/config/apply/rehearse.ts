import type { ApiClient } from '../../api/api-client.ts';
import { ApiError } from '../../api/api-error.ts';
import type { Fields } from '../documents/document.ts';
import { refuse, type Fault } from '../documents/faults.ts';
import { valueAt } from '../documents/fields.ts';
import { referenceText } from '../references/reference.ts';
import { pathOf, type Kind } from '../kinds/index.ts';
import { described, find, type ServerState } from '../server/server-state.ts';
import type { Difference } from './difference.ts';
import { hideSecrets } from './hide-secrets.ts';
import { refusedTogether } from './rehearse-together.ts';
import type { Step } from './step.ts';
import { withIds } from './with-ids.ts';

/**
 * Asks the server what only it can tell: whether it would take the step, and whether it would store another secret, for secrets are never read back.
 * @throws MillraceError with all that it would refuse
 */
export async function rehearse(steps: Step[], state: ServerState, api: ApiClient): Promise<Step[]> {
  const faults: Fault[] = [];
  const rehearsed: Step[] = [];
  const coming: Coming[] = [];
  let soundAlone = true;
  for (const step of steps) {
    const before = faults.length;
    const unasked = unaskedBy(step, rehearsed, state);
    const path = state.routes.get(step.kind)?.rehearses ? pathOfRehearsal(step, unasked, coming) : undefined;
    const { step: next, answer } = path === undefined ? { step } : await rehearseOne(step, path, state, api, faults);
    rehearsed.push(unasked.length === 0 ? next : { ...next, unasked });
    if (step.kind.together && faults.length > before) soundAlone = false;
    if (answer) coming.push({ kind: step.kind.name, answer });
  }
  if (soundAlone) faults.push(...(await refusedTogether(rehearsed, state, api)));
  refuse(faults);
  return rehearsed;
}

/** What the server says that something would be which is made or changed before. */
interface Coming {
  kind: string;
  answer: Answer;
}

type Answer = Fields & { revision?: number };

/** The connections that a step's PUT asks, and of which what they have is yet to come. */
function unaskedBy({ kind, fields }: Step, before: Step[], { resources }: ServerState): string[] {
  const news = before.filter(({ action }) => action !== 'unchanged');
  const slugs = Object.entries(kind.asks ?? {}).flatMap(([path, grows]) => {
    const slug = valueAt(fields, path.split('.'));
    const isNamed = (one: { kind: Kind; slug: string }): boolean => one.kind.name === 'connection' && one.slug === slug;
    const isMade = news.some((step) => isNamed({ kind: step.kind, slug: step.document.slug }));
    const isOpen = isMade || (grows === 'growing' && news.length > 0 && resources.find(isNamed)?.builtIn === true);
    return isOpen && typeof slug === 'string' ? [slug] : [];
  });
  return [...new Set(slugs)];
}

function pathOfRehearsal({ kind, document, fields }: Step, unasked: string[], coming: Coming[]): string {
  const awaited = coming.flatMap(({ kind: name, answer }) => {
    const value = name === kind.awaits?.kind ? answer[kind.awaits.field] : undefined;
    return typeof value === 'string' ? [`&coming=${encodeURIComponent(value)}`] : [];
  });
  const offline = unasked.length > 0 ? '&offline=true' : '';
  return `${pathOf(kind, document.slug, fields)}?rehearse=true${offline}${awaited.join('')}`;
}

async function rehearseOne(
  step: Step,
  path: string,
  { resources }: ServerState,
  api: ApiClient,
  faults: Fault[],
): Promise<{ step: Step; answer?: Answer }> {
  const { kind, document, action, body, secrets, fields } = step;
  const given = secrets.filter((path) => (valueAt(body, path.split('.')) ?? null) !== null);
  if (action === 'unchanged' && given.length === 0) return { step };
  const present = described(resources, kind, { slug: document.slug, fields });
  if (present?.derived === true) {
    const message = `The ${kind.name} "${present.name}" has no slug on the server yet, so nothing can be put there: millrace export --set-slugs gives it this one.`;
    faults.push({ place: document.placeOf(['slug']), message });
    return { step };
  }
  try {
    const asked = await withIds(step, (target, slug) => find(resources, target.name, slug)?.id);
    const answer = await api.put<Answer | undefined>(path, asked);
    if (given.length === 0 || answer?.revision === present?.revision) return { step, answer };
    const news = given.map((each) => secretDifference(each, step));
    const differences = [...step.differences, ...news];
    return { step: { ...step, action: present ? 'change' : 'create', differences }, answer };
  } catch (error) {
    if (error instanceof Error) error.message = hideSecrets(error.message, step);
    if (!(error instanceof ApiError)) throw error;
    faults.push({ place: document.placeOf([]), message: error.message });
    return { step };
  }
}

function secretDifference(dotted: string, { referred, body }: Step): Difference {
  const path = dotted.split('.');
  if (valueAt(body, path) === '') return { path, note: 'cleared' };
  const reference = referred.find((one) => one.path.join('.') === dotted)?.reference;
  return { path, note: reference ? `from ${referenceText(reference)}` : 'another value' };
}
