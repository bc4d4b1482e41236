import { useState } from 'react';
import { useKept } from '../history/index.ts';
import type { SourceOf } from '../sources/index.ts';
import { Tabs } from '../ui/index.ts';
import { TimelineEntries } from './timeline-entries.tsx';

interface Props {
  /** Id. */
  profile: string;
  sourceOf: SourceOf;
  /** The person is another one than before. */
  onChanged: () => void;
}

const kinds = [
  { name: 'all', title: 'Everything' },
  { name: 'order', title: 'Orders' },
  { name: 'event', title: 'Events' },
  { name: 'change', title: 'Changes' },
  { name: 'merge', title: 'Merges' },
] as const;

/** What happened, newest first. */
export function Timeline({ profile, sourceOf, onChanged }: Props) {
  const [shown, setShown] = useKept<(typeof kinds)[number]['name']>('shown', 'all');
  const [undone, setUndone] = useState(0);
  const ofKind = shown === 'all' ? '' : `?kinds=${shown}`;
  const onUndone = () => {
    setUndone(undone + 1);
    onChanged();
  };
  return (
    <section aria-labelledby="timeline">
      <h2 id="timeline">Timeline</h2>
      <div className="card">
        <Tabs
          label="What is shown of the timeline"
          chosen={shown}
          onChoose={setShown}
          tabs={kinds.map(({ name, title }) => ({
            name,
            title,
            content: name === shown && (
              <TimelineEntries
                key={undone}
                path={`api/profiles/${encodeURIComponent(profile)}/timeline${ofKind}`}
                {...{ profile, sourceOf, onUndone }}
              />
            ),
          }))}
        />
      </div>
    </section>
  );
}
