import { useState } from 'react';
import { asProblem, overtakenBy, useAct, type Audience } from '../api/index.ts';
import { savedText, type FilledForm } from '../drafts/index.ts';
import { SettingsRoom } from '../rooms/index.ts';
import { goBack } from '../routing/index.ts';
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

function Opened({ audience, path, onAnew }: { audience: Audience; path: string; onAnew: () => void }) {
  const { slug } = audience;
  const announce = useAnnounce();
  const { doing, problem, act } = useAct();
  const [blank] = useState(() => draftOf(audience));
  const [theirs, setTheirs] = useState<Audience>();
  const back = () => goBack({ room: 'audience', audience: slug });
  const save = async (filled: FilledForm<AudienceDraft>, draft: AudienceDraft) => {
    setTheirs(undefined);
    const { madeFrom } = draft;
    const headers = { 'if-match': madeFrom === undefined ? '*' : `"${madeFrom}"` };
    const saved = await act('save', async (api) => {
      const body = noJson(() => bodyOf(draft));
      try {
        return await api.put<Audience>(path, { body, headers });
      } catch (thrown) {
        if (overtakenBy(asProblem(thrown)) === undefined) throw thrown;
        setTheirs(await api.get<Audience>(path));
        return undefined;
      }
    });
    if (!saved) return;
    const isAll = filled.settle(draft, { madeFrom: saved.edition });
    announce(savedText('audience', isAll));
    if (isAll) back();
  };
  return (
    <AudienceForm
      place={`audience/${slug}`}
      blank={blank}
      problem={problem}
      busy={doing !== undefined}
      onSave={(filled, draft) => void save(filled, draft)}
      theirs={theirs}
      onTheirs={onAnew}
      onLeave={back}
    />
  );
}
