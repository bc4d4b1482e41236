import type { DestinationObject, Peek, PushRow } from '@millrace/sdk';
import { readPart, type PartSource, type Traits } from '../folding/index.ts';
import { plainIdentities } from '../identity/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';
import type { PartRow, PeekedPart, ProfileWriter } from '../writer/index.ts';
import { storeObject } from './store-object.ts';

/** Sensitive traits are sealed before anything is planned, and opened for who looks. */
export function profileObject(
  writer: ProfileWriter,
  sensitive: SensitiveTraits,
  settings: ProfileSettings,
): DestinationObject {
  return storeObject(
    {
      kind: 'profile',
      read: readPartRow,
      writer: {
        write: async (parts) => (await writer.write(await sensitive.sealRows(parts))).map(({ outcome }) => outcome),
        peek: async (parts) => {
          const open = await sensitive.opener();
          const peeked = await writer.peek(await sensitive.sealRows(parts));
          return peeked.map((part) => peekOf(part, open));
        },
      },
    },
    settings,
  );
}

export function readPartRow(row: PushRow, source: PartSource): PartRow {
  const part = readPart(row, source);
  const who = part.d ? [] : plainIdentities(row.record.identities, source.connection, source.rules, part.i);
  return { part, undated: row.undated, ...(who !== part.i && { who }) };
}

function peekOf({ outcome, before, after }: PeekedPart, open: (traits: Traits) => Traits): Peek {
  return {
    outcome,
    ...(before && { before: { ...before, traits: open(before.traits) } }),
    ...(after && { after: { ...after, traits: open(after.traits) } }),
  };
}
