import type { Audience } from '../api/index.ts';
import { Both, type BothRow } from '../forms/index.ts';
import { draftOf, type AudienceDraft } from './audience-draft.ts';
import { useTried } from './use-tried.ts';

/** What somebody else has saved meanwhile beside what is filled in here. */
export function AudienceBoth({ theirs, draft }: { theirs: Audience; draft: AudienceDraft }) {
  const { nothing, outcome } = useTried(draft);
  const { name, description } = draftOf(theirs);
  const counting = nothing ? '' : 'Counting …';
  const sentence = outcome && ('count' in outcome ? outcome.count.sentence : outcome.fault);
  const rows: BothRow[] = [
    ['Name', name, draft.name.trim()],
    ['Description', description, draft.description.trim()],
    ['Who is in it', theirs.sentence, sentence ?? counting],
  ];
  return <Both rows={rows} same="Both say the same." />;
}
