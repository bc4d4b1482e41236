import type { Connection, Stream } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { OfferRow } from './offer-row.tsx';
import { Offers } from './offers.tsx';

/** What can be read from a connection. */
export function Streams({ connection: { id, slug = id, checkedAt = '' } }: { connection: Connection }) {
  return (
    <Offers<Stream> id="streams" title="What can be read" path={`api/connections/${id}/streams`} anew={checkedAt}>
      {(streams) =>
        streams.map((stream) => (
          <OfferRow
            key={stream.name}
            offer={stream}
            facts={factsOf(stream)}
            action={
              <RouteLink to={{ room: 'newSync', connection: slug, stream: stream.name }}>
                New sync<span className="unseen"> of {stream.title}</span>
              </RouteLink>
            }
          />
        ))
      }
    </Offers>
  );
}

function factsOf({ key, cursor, incremental, endless, finite }: Stream): string[] {
  return [
    key.length > 0 ? `key ${key.join(', ')}` : 'no key: a record is what it contains',
    ...(cursor === undefined ? [] : [`cursor ${cursor}`]),
    ...(endless && !finite ? ['never ends: followed'] : []),
    ...(finite ? [incremental ? 'reads what changed' : 'reads everything each time'] : []),
  ];
}
