import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { literalPattern } from '#platform';
import { KeptPeople } from '#sync';
import type { Step, Work } from '../work.ts';
import { valuesOf } from './values-of.ts';

/** Texts that somebody else's system or an error may have put a value into. Addresses are taken out when they are written; ids are not. */
const texts: { collection: string; fields: string[]; list?: string }[] = [
  { collection: 'run_log_lines', fields: ['message', 'fields'] },
  { collection: 'runs', fields: ['reason', 'error.message'] },
  { collection: 'slices', fields: ['error.message'] },
  { collection: 'syncs', fields: ['lastRun.reason'] },
  { collection: 'alerts', fields: ['message'], list: 'syncs' },
  { collection: 'alert_messages', fields: ['said'] },
  { collection: 'alert_messages', fields: ['message'], list: 'notice.data.syncs' },
  { collection: 'alert_channels', fields: ['lastDelivery.message'] },
];

const erased = '[erased]';

/** Takes a person's addresses, numbers and ids out of logs, reasons and alerts. */
@Injectable()
export class CleanTexts implements Step {
  readonly name = 'texts';

  constructor(
    @InjectConnection() private readonly connection: Connection,
    private readonly kept: KeptPeople,
  ) {}

  async run(work: Work): Promise<undefined> {
    const values = valuesOf(work.subject);
    for (const { collection, fields, list } of texts) {
      for (const field of fields) {
        for (const value of values) {
          const changed = await this.replace(collection, field, value, list);
          await work.count(changed > 0 ? { [collection]: changed } : {});
        }
      }
    }
    const slices = await this.kept.eraseFromSlices(values);
    if (slices > 0) await work.count({ slices });
  }

  private async replace(name: string, field: string, value: string, list: string | undefined): Promise<number> {
    const collection = this.connection.collection(name);
    const pattern = literalPattern(value);
    const path = list === undefined ? field : `${list}.${field}`;
    const update =
      list === undefined ? { [path]: without(`$${path}`, value) } : { [list]: listWithout(list, field, value) };
    const { modifiedCount } = await collection.updateMany({ [path]: { $regex: pattern } }, [{ $set: update }]);
    return modifiedCount;
  }
}

function without(input: string, find: string): object {
  // A value is data, whatever it begins with.
  return { $replaceAll: { input, find: { $literal: find }, replacement: erased } };
}

function listWithout(list: string, field: string, value: string): object {
  const own = { $ifNull: [`$$one.${field}`, ''] };
  const cleaned = { $replaceAll: { input: own, find: { $literal: value }, replacement: erased } };
  return { $map: { input: `$${list}`, as: 'one', in: { $mergeObjects: ['$$one', { [field]: cleaned }] } } };
}
