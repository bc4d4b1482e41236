import { MillraceError } from '@millrace/sdk';
import type { mongo } from 'mongoose';
import type { Signer } from '../crypto/index.ts';
import { isDuplicate } from '../mongo/index.ts';
import type { KeyMark } from './key-mark.schema.ts';

/**
 * Leaves the mark of the oldest master key at the first start, and knows it again later. With another one secrets could not be opened, and people who
 * were erased would not be known. Throws `invalid_settings`.
 */
export async function checkMasterKey(marks: mongo.Collection<KeyMark>, signer: Signer): Promise<void> {
  const mark = signer.hmac('key mark', 'master key');
  const known = await marks.findOne({ _id: 'master-key' });
  if (known?.mark === mark) return;
  if (known) throw anotherKey(known);
  try {
    await marks.insertOne({ _id: 'master-key', mark, at: new Date() });
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await checkMasterKey(marks, signer); // another process was faster, maybe with another key
  }
}

function anotherKey({ at }: KeyMark): MillraceError {
  return new MillraceError(
    'invalid_settings',
    `The database belongs to another master key, used since ${at.toISOString()}: what that has sealed could not be opened, and people who were erased would not be ` +
      'known. Give that key as MILLRACE_MASTER_KEY (outside production it is in `<data dir>/master.key`), or, after a change of keys, as the last one of MILLRACE_OLD_MASTER_KEYS. ' +
      'If it is lost, docs/operators/running.md says what is lost with it.',
  );
}
