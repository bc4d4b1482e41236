import type { Connection, Stream } from '../api/index.ts';
import { Field, FieldGroup } from '../forms/index.ts';
import { ConnectionSelect } from './connection-select.tsx';
import { faultsAt, type Fault } from './faults.ts';
import { OfferState } from './offer-state.tsx';
import { connectionOf, type Settled } from './settle.ts';
import type { SyncDraft } from './sync-draft.ts';
import type { Offered } from './use-offered.ts';

interface Props {
  settled: Settled;
  connections: readonly Connection[];
  complete: boolean;
  streams: Offered<Stream>;
  faults: readonly Fault[];
  onChange: (from: SyncDraft['from']) => void;
}

/** Key and cursor are fields of the stream that they were said of. */
function another(connection: string, stream: string): SyncDraft['from'] {
  return { connection, stream, key: '', cursor: '' };
}

/** What is read. */
export function FromFields({ settled, connections, complete, streams, faults, onChange }: Props) {
  const { draft, from: chosen, stream } = settled;
  const { from } = draft;
  const offered = streams.found ?? [];
  return (
    <FieldGroup title="From">
      <ConnectionSelect
        label="Source"
        {...{ connections, complete, value: from.connection, faults: faultsAt(faults, 'source') }}
        onChange={(connection) => onChange(another(connection, ''))}
      />
      {from.connection !== '' && (
        <>
          <Field label="Stream" required hint={stream?.description} faults={faultsAt(faults, 'stream')}>
            {(tied) => (
              <select
                {...tied}
                value={chosen}
                onChange={({ target }) => onChange(another(from.connection, target.value))}
              >
                {chosen === '' && <option value="">{streams.asking ? 'Reading …' : 'Choose …'}</option>}
                {chosen !== '' && !stream && (
                  <option value={chosen}>{streams.found ? `${chosen} (not offered)` : chosen}</option>
                )}
                {offered.map(({ name, title }) => (
                  <option key={name} value={name}>
                    {titled(name, title)}
                  </option>
                ))}
              </select>
            )}
          </Field>
          <OfferState
            offered={streams}
            name={connectionOf(connections, from.connection)?.name ?? from.connection}
            nothing="It offers nothing that can be read."
          />
        </>
      )}
    </FieldGroup>
  );
}

/** A title, and the name where it says more. */
export const titled = (name: string, title: string): string =>
  title.toLowerCase() === name.toLowerCase() ? title : `${title} (${name})`;
