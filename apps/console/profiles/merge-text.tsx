import type { Merge } from '../api/index.ts';
import { Deeds, type Deed } from '../rooms/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { identityText, type SourceOf } from '../sources/index.ts';
import { timeAgo } from '../ui/index.ts';

interface Props {
  merge: Merge;
  /** Id. */
  profile: string;
  sourceOf: SourceOf;
  onUndone: () => void;
}

/** Why two people became one; operators may take it back. */
export function MergeText({ merge, profile, sourceOf, onUndone }: Props) {
  const { holder } = useSignedIn();
  const { absorbed, records, identities, undone } = merge;
  return (
    <>
      <p>
        <b>Became one with {absorbed}</b>
      </p>
      <p>
        {records.map((record) => `${sourceOf(record).name} record ${record.key}`).join(', ')} said{' '}
        {identities.map((key) => identityText(key, sourceOf)).join(' and ')} of one person.
      </p>
      {undone && (
        <p>
          Undone {timeAgo(undone.at)}
          {undone.by === 'given_up' ? ': the records have no identity in common any more' : ''}.
        </p>
      )}
      {!undone && mayOperate(holder) && <Deeds deeds={[unmerging(merge, profile)]} label="Undo" onDone={onUndone} />}
    </>
  );
}

function unmerging({ id, absorbed }: Merge, profile: string): Deed {
  return {
    name: 'unmerge',
    title: 'Undo',
    icon: 'retry',
    asks: {
      title: 'Make two people of this one?',
      text: `Records and identities go back to ${absorbed}, and the two are kept apart from then on.`,
      yes: 'Make two of it',
    },
    do: (api) => api.post(`api/profiles/${encodeURIComponent(profile)}/unmerge`, { body: { merge: id } }),
    said: 'They are two people again.',
  };
}
