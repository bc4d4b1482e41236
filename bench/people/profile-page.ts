import { randomBytes } from 'node:crypto';
import { Global, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { MongooseModule } from '@nestjs/mongoose';
import { Catalog } from '#catalog';
import { createLog, Log, Settings, Signer, Vault } from '#platform';
import { Profiles, ProfilesModule } from '#profiles';
import type { Connection } from 'mongoose';
import { median, timed } from '../kit/figures.ts';
import { profileId } from './people-documents.ts';

const entries = 50;
const rounds = 5;

const masterKey = randomBytes(32).toString('base64');
const surroundings = [
  { provide: Catalog, useValue: { register: () => undefined } },
  { provide: Settings, useValue: new Settings({ processes: ['api'] }) },
  { provide: Log, useValue: createLog({ level: 'silent' }) },
  { provide: Vault, useValue: new Vault(masterKey) },
  { provide: Signer, useValue: new Signer(masterKey) },
];

/** What the server has around the profile store. */
@Global()
@Module({ providers: surroundings, exports: surroundings })
class Surroundings {}

/** Seconds a page: a profile with its first 50 timeline entries as the API answers it, against two queries by index. */
export async function profilePage(
  mongodbUri: string,
  connection: Connection,
  people: number,
): Promise<{ page: number; bare: number }> {
  const uri = new URL(mongodbUri);
  uri.pathname = `/${connection.name}`;
  const mongo = MongooseModule.forRoot(uri.href, { autoIndex: false, autoCreate: false });
  const imports = [mongo, Surroundings, ProfilesModule];
  const quiet = { logger: false, abortOnError: false } as const;
  const app = await NestFactory.createApplicationContext({ module: class Root {}, imports }, quiet);
  try {
    const profiles = app.get(Profiles);
    const page = async (id: string): Promise<void> => {
      const [, timeline] = await Promise.all([profiles.get(id), profiles.timeline(id, { limit: entries })]);
      if (timeline.data.length !== entries) throw new Error(`${timeline.data.length} entries were shown.`);
    };
    const bare = async (id: string): Promise<void> => {
      const events = connection.collection('events').find({ p: id }, { sort: { at: -1 }, limit: entries });
      await Promise.all([connection.collection<{ _id: string }>('profiles').findOne({ _id: id }), events.toArray()]);
    };
    const each = (work: (id: string) => Promise<void>) => async (): Promise<void> => {
      for (let n = 1; n <= people; n++) await work(profileId(n));
    };
    const seconds: { page: number[]; bare: number[] } = { page: [], bare: [] };
    await each(page)();
    await each(bare)();
    for (let round = 1; round <= rounds; round++) {
      seconds.bare.push((await timed(each(bare))) / people);
      seconds.page.push((await timed(each(page))) / people);
    }
    return { page: median(seconds.page), bare: median(seconds.bare) };
  } finally {
    await app.close();
  }
}
