import { mappingReads } from '@millrace/sdk';
import { traitsSaidIn } from '#profiles';
import type { SurveyedSync, SyncSurvey } from '#sync';
import type { TraitUser } from './trait-users.ts';

const atATime = 200;

/** The traits that syncs bring out of the profile store, or choose people by. */
export function syncUses(survey: Pick<SyncSurvey, 'page'>): TraitUser {
  return async function* () {
    let after: string | undefined;
    for (;;) {
      const page = await survey.page(after, atATime);
      for (const sync of page) {
        const traits = sync.from.connection === 'profiles' ? traitsRead(sync) : [];
        if (traits.length > 0) yield { kind: 'sync', id: sync.slug ?? sync._id, name: sync.name, traits };
      }
      after = page.at(-1)?._id;
      if (page.length < atATime) return;
    }
  };
}

function traitsRead({ outputs = {}, filter }: SurveyedSync): string[] {
  const read = Object.values(outputs).flatMap((mapping) => mappingReads(mapping).map(({ field }) => field));
  return traitsSaidIn([...read, JSON.stringify(filter ?? null)].join('\n'));
}
