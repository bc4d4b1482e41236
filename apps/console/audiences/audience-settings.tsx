import { useState } from 'react';
import { asProblem, overtakenBy, useAct, type Audience, type ConditionCount } from '../api/index.ts';
import type { FilledForm } from '../drafts/index.ts';
import { Both, OvertakenNotice, type BothRow } from '../forms/index.ts';
import { SettingsRoom } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { useAnnounce } from '../ui/index.ts';
import { bodyOf, draftOf, type AudienceDraft } from './audience-draft.ts';
import { AudienceForm } from './audience-form.tsx';
import { noJson } from './no-json.ts';
import { WritersOnly } from './writers-only.tsx';

/** Where an audience is changed. */
export function AudienceSettings({ slug }: { slug: string }) {
  const path = `api/audiences/${encodeURIComponent(slug)}`;
  return (
    <SettingsRoom<Audience>
      house="audiences"
      title="Audiences"
      what="Audiences"
      Only={WritersOnly}
      path={path}
      named={slug}
      to={{ room: 'audience', audience: slug }}
      stateOf={({ edition }) => edition}
    >
      {(audience, onAnew) => <Opened audience={audience} path={path} onAnew={onAnew} />}
    </SettingsRoom>
  );
}

/** What was filled in when somebody else had been faster, beside what they have saved. */
interface Overtaken {
  filled: FilledForm<AudienceDraft>;
  edition: number;
  both: BothRow[];
}

function bothOf(theirs: Audience, draft: AudienceDraft, sentence: string): BothRow[] {
  const { name, description } = draftOf(theirs);
  return [
    ['Name', name, draft.name.trim()],
    ['Description', description, draft.description.trim()],
    ['Who is in it', theirs.sentence, sentence],
  ];
}

function Opened({ audience, path, onAnew }: { audience: Audience; path: string; onAnew: () => void }) {
  const { slug } = audience;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState(() => draftOf(audience));
  const [overtaken, setOvertaken] = useState<Overtaken>();
  const back = () => go({ room: 'audience', audience: slug });
  const save = async (filled: FilledForm<AudienceDraft>, madeFrom = filled.draft.madeFrom) => {
    setOvertaken(undefined);
    const headers = { 'if-match': madeFrom === undefined ? '*' : `"${madeFrom}"` };
    const saved = await act('save', async (api) => {
      const body = noJson(() => bodyOf(filled.draft));
      try {
        return await api.put<Audience>(path, { body, headers });
      } catch (thrown) {
        const edition = overtakenBy(asProblem(thrown));
        if (edition === undefined) throw thrown;
        const { condition } = body;
        const [theirs, { sentence }] = await Promise.all([
          api.get<Audience>(path),
          api.post<ConditionCount>('api/audiences/count', { body: { condition } }),
        ]);
        setOvertaken({ filled, edition: theirs.edition, both: bothOf(theirs, filled.draft, sentence) });
        return undefined;
      }
    });
    if (!saved) return;
    filled.begin(filled.draft);
    announce('The audience is saved.');
    back();
  };
  return (
    <>
      {overtaken && (
        <OvertakenNotice
          what="audience"
          onTheirs={() => {
            overtaken.filled.forget();
            onAnew();
          }}
          onMine={() => void save(overtaken.filled, overtaken.edition)}
        />
      )}
      {overtaken && <Both rows={overtaken.both} same="Both say the same." />}
      <AudienceForm
        place={`audience/${slug}`}
        blank={blank}
        problem={problem}
        busy={doing !== undefined}
        onSave={(filled) => void save(filled)}
        onLeave={back}
      />
    </>
  );
}
