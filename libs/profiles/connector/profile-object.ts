import type { DestinationObject, Peek } from '@millrace/sdk';
import { readPart, type Traits } from '../folding/index.ts';
import type { ProfileSettings } from '../settings/index.ts';
import type { SensitiveTraits } from '../traits/index.ts';
import type { PeekedPart, ProfileWriter } from '../writer/index.ts';
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
      read: (row, source) => ({ part: readPart(row, source), undated: row.undated }),
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

function peekOf({ outcome, before, after }: PeekedPart, open: (traits: Traits) => Traits): Peek {
  return {
    outcome,
    ...(before && { before: { ...before, traits: open(before.traits) } }),
    ...(after && { after: { ...after, traits: open(after.traits) } }),
  };
}
