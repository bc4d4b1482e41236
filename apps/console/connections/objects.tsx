import type { Connection, TargetObject } from '../api/index.ts';
import { OfferRow } from './offer-row.tsx';
import { Offers } from './offers.tsx';

/** What can be written to a connection. */
export function Objects({ connection: { id, checkedAt = '' } }: { connection: Connection }) {
  return (
    <Offers<TargetObject>
      id="objects"
      title="What can be written"
      path={`api/connections/${id}/objects`}
      anew={checkedAt}
    >
      {(objects) => objects.map((object) => <OfferRow key={object.name} offer={object} facts={factsOf(object)} />)}
    </Offers>
  );
}

function factsOf({ key, modes, idempotency }: TargetObject): string[] {
  return [
    key.length > 0 ? `key ${key.join(', ')}` : 'no key',
    modes.join(', '),
    ...(idempotency === 'none' ? ['a repeat is a duplicate'] : []),
  ];
}
