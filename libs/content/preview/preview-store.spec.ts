import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createConnection, type Connection, type mongo } from 'mongoose';
import { createLog, Settings, Signer } from '#platform';
import { gate, dropTestDatabase, testServices } from '#tools/testing';
import { previewModel, previewSchema, type StoredPreview } from './preview.schema.ts';
import { PreviewStore } from './preview-store.ts';
import type { PreviewedMail } from './previewed-mail.ts';

const services = testServices();
let connection: Connection;
beforeAll(async () => {
  connection = await createConnection(services.mongodbUri).asPromise();
});
afterAll(async () => {
  jest.restoreAllMocks();
  await connection.close();
  await dropTestDatabase(services);
});

it('shows a preview that takes long to be stored, before and after', async () => {
  const model = connection.model<StoredPreview>(previewModel, previewSchema);
  const collection = model.collection as unknown as mongo.Collection<StoredPreview>;
  const insert = collection.insertMany.bind(collection);
  const { opened, open } = gate();
  jest.spyOn(collection, 'insertMany').mockImplementation(async (...args) => {
    await opened;
    return insert(...args);
  });
  const settings = new Settings();
  const store = new PreviewStore(
    model,
    new Signer(Buffer.alloc(32, 1).toString('base64')),
    settings,
    createLog({ level: 'silent' }),
  );
  const mail = { html: '<p>Ann</p>', versions: {} } as PreviewedMail;
  const { page } = store.keep(mail);
  const token = page.slice(page.lastIndexOf('/') + 1);
  const ending = store.onApplicationShutdown(); // it begins to store
  const now = Date.now();
  jest.spyOn(Date, 'now').mockReturnValue(now + 60_000); // not new any more
  expect(await store.read(token)).toEqual(mail);
  open();
  await ending;
  expect(await store.read(token)).toEqual(mail);
});
