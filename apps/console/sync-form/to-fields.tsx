import type { Connection, TargetObject } from '../api/index.ts';
import { Field, FieldGroup } from '../forms/index.ts';
import { ConnectionSelect } from './connection-select.tsx';
import { faultsAt, type Fault } from './faults.ts';
import { titled } from './from-fields.tsx';
import { OfferState } from './offer-state.tsx';
import { connectionOf, namedObjects, type Settled } from './settle.ts';
import type { Offered } from './use-offered.ts';

interface Props {
  settled: Settled;
  connections: readonly Connection[];
  complete: boolean;
  objects: Offered<TargetObject>;
  faults: readonly Fault[];
  onConnection: (connection: string) => void;
  onObject: (object: string) => void;
}

/** No name of an object. */
const none = '\u0000';

/** What is written. */
export function ToFields({ settled, connections, complete, objects, faults, onConnection, onObject }: Props) {
  const { draft, object, stream } = settled;
  const { connection } = draft.to;
  const offered = objects.found ?? [];
  const chosen = offered.find(({ name }) => name === object);
  const named = namedObjects(stream, offered);
  return (
    <FieldGroup title="To">
      <ConnectionSelect
        label="Destination"
        {...{ connections, complete, value: connection, faults: faultsAt(faults, 'destination') }}
        onChange={onConnection}
      />
      {connection !== '' && (
        <>
          <Field label="Object" required hint={chosen?.description} faults={faultsAt(faults, 'object')}>
            {(tied) => (
              <select {...tied} value={object ?? none} onChange={({ target }) => onObject(target.value)}>
                {object === undefined && <option value={none}>{objects.asking ? 'Reading …' : 'Choose …'}</option>}
                {object !== undefined && object !== '' && !chosen && (
                  <option value={object}>{objects.found ? `${object} (not offered)` : object}</option>
                )}
                {named.length > 0 && <option value="">As the stream says: {named.join(', ')}</option>}
                {offered.map(({ name, title }) => (
                  <option key={name} value={name}>
                    {titled(name, title)}
                  </option>
                ))}
                {named.length === 0 && (offered.length > 1 || object === '') && (
                  <option value="">Several, each with a mapping</option>
                )}
              </select>
            )}
          </Field>
          <OfferState
            offered={objects}
            name={connectionOf(connections, connection)?.name ?? connection}
            nothing="It offers nothing that can be written."
          />
        </>
      )}
    </FieldGroup>
  );
}
