import { ApiProblem, asProblem, overtakenBy, useAct } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { Room } from '../rooms/index.ts';
import { go, goBack } from '../routing/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { bodyOf, newAudience, slugIn, type AudienceDraft } from './audience-draft.ts';
import { AudienceForm } from './audience-form.tsx';
import { noJson } from './no-json.ts';
import { WritersOnly } from './writers-only.tsx';

/** Where an audience is made. */
export function NewAudience() {
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const make = async (filled: FilledForm<AudienceDraft>) => {
    const { draft } = filled;
    const slug = slugIn(draft);
    const path = `api/audiences/${encodeURIComponent(slug)}`;
    const made = await act('make', async (api) => {
      const body = noJson(() => bodyOf(draft));
      return api.put(path, { body, headers: { 'if-none-match': '*' } }).catch(tellTaken(slug, draft));
    });
    if (!made) return;
    filled.begin(newAudience);
    announce('The audience is made.');
    go({ room: 'audience', audience: slug });
  };
  return (
    <Room
      house="audiences"
      way={[['Audiences', { room: 'audiences' }]]}
      title="New audience"
      opening={false}
      problem={undefined}
      onAgain={() => undefined}
    >
      <WritersOnly what="Audiences">
        <AudienceForm
          place="new-audience"
          blank={newAudience}
          problem={problem}
          busy={doing !== undefined}
          onSave={(filled) => void make(filled)}
          onLeave={() => goBack({ room: 'audiences' })}
        />
      </WritersOnly>
    </Room>
  );
}

function tellTaken(slug: string, draft: AudienceDraft): (thrown: unknown) => never {
  return (thrown) => {
    const problem = asProblem(thrown);
    if (overtakenBy(problem) === undefined) throw problem;
    const another = draft.slug === undefined ? 'name' : 'slug';
    throw new ApiProblem(409, 'conflict', `There is an audience “${slug}” already. Give this one another ${another}.`);
  };
}
