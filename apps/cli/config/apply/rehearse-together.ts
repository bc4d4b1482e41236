import type { ApiClient } from '../../api/api-client.ts';
import type { Fault } from '../documents/faults.ts';
import type { ServerState } from '../server/server-state.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { Step } from './step.ts';

/** Each is composed for some people on the way. */
const atOnce = 20;

interface Refused {
  refusals: { kind: string; slug: string; message: string }[];
}

/** What the server would refuse of blocks and templates, each with the blocks that the same plan makes or changes; and of publishing them. */
export async function refusedTogether(steps: Step[], { routes }: ServerState, api: ApiClient): Promise<Fault[]> {
  const asked = steps.filter(({ action, kind }) => action !== 'unchanged' && routes.get(kind)?.rehearsesTogether);
  const blocks = asked.filter(({ kind }) => kind.together?.as === 'blocks');
  const others = asked.filter((step) => !blocks.includes(step));
  const faults: Fault[] = [];
  for (let start = 0; start === 0 ? asked.length > 0 : start < others.length; start += atOnce) {
    const some = others.slice(start, start + atOnce);
    const { path = '' } = asked[0]?.kind.together ?? {};
    const { refusals } = await api.post<Refused>(path, { blocks: blocks.map(given), templates: some.map(given) });
    const counted = start === 0 ? [...blocks, ...some] : some;
    faults.push(
      ...refusals.flatMap(({ kind, slug, message }) => {
        const step = counted.find((one) => one.kind.name === kind && one.document.slug === slug);
        return step ? [{ place: step.document.placeOf([]), message: asked.reduce(hideSecrets, message) }] : [];
      }),
    );
  }
  return faults;
}

function given({ document: { slug }, fields: { publish }, body }: Step): object {
  return { ...body, slug, publish: publish === true };
}
