import { Injectable } from '@nestjs/common';
import { targetNames } from '@millrace/sdk';
import { composed } from '#platform';
import { SyncSurvey, type SurveyedSync } from '#sync';

const atATime = 200;
const profileStore = 'profiles';

/** A sync whose mapping names a trait. */
export interface TraitFeed {
  sync: string;
  name: string;
  connection: string;
  stream: string;
}

/** Which traits the mappings of syncs into the profile store name. What a stream's own outputs map is told by the stored values. */
@Injectable()
export class TraitFeeds {
  constructor(private readonly survey: SyncSurvey) {}

  async *all(): AsyncIterable<TraitFeed & { traits: string[] }> {
    let after: string | undefined;
    for (;;) {
      const page = await this.survey.page(after, atATime);
      for (const sync of page) {
        const traits = traitsMapped(sync);
        const { connection, stream } = sync.from;
        if (traits.length > 0) yield { sync: sync.slug ?? sync._id, name: sync.name, connection, stream, traits };
      }
      after = page.at(-1)?._id;
      if (page.length < atATime) return;
    }
  }
}

function traitsMapped({ to, outputs }: SurveyedSync): string[] {
  const mapping = to.connection === profileStore ? outputs?.profile : undefined;
  const names = Object.keys(mapping ?? {}).flatMap((target) => {
    const [head, name] = targetNames(target);
    return head === 'traits' && name !== undefined ? [composed(name)] : [];
  });
  return [...new Set(names)];
}
