import type { TimelineEntry } from '../api/index.ts';
import { SourceName, type SourceOf } from '../sources/index.ts';
import { RawRecord } from '../ui/index.ts';
import { ChangeText } from './change-text.tsx';
import { MergeText } from './merge-text.tsx';
import { lineText, orderText } from './words.ts';

interface Props {
  entry: TimelineEntry;
  /** Id. */
  profile: string;
  sourceOf: SourceOf;
  onUndone: () => void;
}

/** One thing that happened, in words. */
export function Happening({ entry: { order, event, change, merge }, profile, sourceOf, onUndone }: Props) {
  if (order)
    return (
      <>
        <p>
          <b>{orderText(order)}</b> <small>in {<SourceName source={sourceOf(order)} />}</small>
        </p>
        {order.lines.map((line) => (
          <p key={line.id}>{lineText(line)}</p>
        ))}
      </>
    );
  if (event)
    return (
      <>
        <p>
          <b>{event.name}</b>
        </p>
        {Object.keys(event.properties).length > 0 && (
          <RawRecord
            summary={
              <>
                Properties<span className="unseen"> of {event.name}</span>
              </>
            }
            text={JSON.stringify(event.properties, undefined, 2)}
          />
        )}
      </>
    );
  if (change) return <ChangeText change={change} sourceOf={sourceOf} />;
  return merge && <MergeText {...{ merge, profile, sourceOf, onUndone }} />;
}
