import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Connection } from 'mongoose';
import { connectMongo } from '#platform';
import type { KeptPeople } from '#sync';
import { dropTestDatabase, testServices } from '#tools/testing';
import type { Work } from '../work.ts';
import { CleanTexts } from './clean-texts.ts';

const id = 'cust-$ann.4711';
const said = `Row ${id} is no row, says ${id}.`;
const cleaned = 'Row [erased] is no row, says [erased].';

let connection: Connection;
beforeAll(async () => {
  connection = await connectMongo(testServices().mongodbUri);
});
afterAll(async () => {
  await connection.close();
  await dropTestDatabase(testServices());
});

const collection = (name: string) => connection.collection<{ _id: string; [field: string]: unknown }>(name);

it('takes the ids of a person out of alerts, out of what was told about them, and of what the other side said', async () => {
  const syncs = [
    { id: 'syn_1', name: 'One', message: said },
    { id: 'syn_2', name: 'Two', message: 'Timeout.' },
  ];
  await collection('alerts').insertOne({ _id: 'alr_1', syncs });
  const notice = { type: 'alert.opened', data: { alert: 'alr_1', title: '"One" failed', syncs, syncCount: 2 } };
  await collection('alert_messages').insertOne({ _id: 'alr_1.1', notice, said });
  await collection('alert_channels').insertOne({ _id: 'chn_1', lastDelivery: { ok: true, message: said } });
  const kept = { eraseFromSlices: async () => 0 } as unknown as KeptPeople;
  const counts: object[] = [];
  const work = {
    subject: { profiles: [], identities: [`crm:${id}`], records: [] },
    count: async (more: object) => void counts.push(more),
  } as unknown as Work;
  await new CleanTexts(connection, kept).run(work);
  const told = [{ ...syncs[0], message: cleaned }, syncs[1]];
  expect(await collection('alerts').findOne()).toEqual({ _id: 'alr_1', syncs: told });
  expect(await collection('alert_messages').findOne()).toEqual({
    _id: 'alr_1.1',
    notice: { ...notice, data: { ...notice.data, syncs: told } },
    said: cleaned,
  });
  expect(await collection('alert_channels').findOne()).toMatchObject({ lastDelivery: { ok: true, message: cleaned } });
  expect(counts).toEqual(expect.arrayContaining([{ alerts: 1 }, { alert_messages: 1 }, { alert_channels: 1 }]));
});
