import { MillraceError, messageOf } from '@millrace/sdk';
import { plainText } from '../../output/plain-text.ts';
import type { ApiClient } from '../../api/api-client.ts';
import type { Fields } from '../documents/document.ts';
import { pathOf, type Kind } from '../kinds/index.ts';
import { hideSecrets } from './hide-secrets.ts';
import type { Plan } from './plan.ts';
import type { Step } from './step.ts';
import { withIds } from './with-ids.ts';

type Answer = Fields & { notices?: { message: string }[] };

interface Deed {
  /** `sync shop-customers` */
  name: string;
  done: string;
  /** Gives what the server has to say about it. */
  do(): Promise<string[]>;
}

/**
 * Does what a plan says, in its order, and stops at the first failure. What is done is reported as it happens.
 * @throws MillraceError that says what was done and what was not; doing it again goes on there
 */
export async function carryOut(
  { steps, removals, owner }: Plan,
  api: ApiClient,
  report: (line: string) => void,
): Promise<void> {
  const deeds: Deed[] = [
    ...steps.filter(({ action }) => action !== 'unchanged').map((step) => putOf(step, api, owner)),
    ...removals.map(({ resource: { kind, slug, id } }) => ({
      name: `${kind.name} ${slug}`,
      done: 'removed',
      do: async () => {
        await api.delete(`${kind.path}/${encodeURIComponent(id)}`);
        return [];
      },
    })),
  ];
  for (const [index, deed] of deeds.entries()) {
    let notices: string[];
    try {
      notices = await deed.do();
    } catch (error) {
      const namesOf = (some: Deed[]): string => some.map(({ name }) => name).join(', ') || 'nothing';
      const [before, after] = [deeds.slice(0, index), deeds.slice(index)];
      throw new MillraceError(
        'conflict',
        `${deed.name}: ${messageOf(error)}\nDone: ${namesOf(before)}. Not done: ${namesOf(after)}. Apply again to go on.`,
        { cause: error },
      );
    }
    report(`${deed.done} ${deed.name}`);
    for (const notice of notices) report(`  ${notice}`);
  }
}

function putOf(step: Step, api: ApiClient, owner: string | undefined): Deed {
  const { kind, document, action, fields, fence } = step;
  const path = pathOf(kind, document.slug, fields);
  const noted = owner !== undefined && !kind.labelled ? { 'millrace-managed-by': owner } : undefined; // others have a label
  return {
    name: `${kind.name} ${document.slug}`,
    done: `${action}d`,
    do: async () => {
      try {
        const headers = { ...fence, ...noted };
        const put = await api.put<Answer>(
          path,
          await withIds(step, (target, ref) => idFrom(api, target, ref)),
          headers,
        );
        await kind.finish?.(api, document.slug, fields, put);
        return (put.notices ?? []).map(({ message }) => plainText(hideSecrets(message, step)));
      } catch (error) {
        if (error instanceof Error) error.message = hideSecrets(error.message, step);
        throw error;
      }
    },
  };
}

/** By now what is named exists, so its id can be asked for. */
async function idFrom(api: ApiClient, { path }: Kind, slug: string): Promise<string> {
  return (await api.get<{ id: string }>(`${path}/${encodeURIComponent(slug)}`)).id;
}
