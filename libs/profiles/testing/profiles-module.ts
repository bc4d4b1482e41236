import { randomBytes } from 'node:crypto';
import { Global, Module, type Type } from '@nestjs/common';
import { getConnectionToken, MongooseModule } from '@nestjs/mongoose';
import { Test, type TestingModule } from '@nestjs/testing';
import type { AnyConnector } from '@millrace/sdk';
import type { Connection } from 'mongoose';
import { Catalog } from '#catalog';
import { createLog, ensureIndexes, Log, Settings, Signer, Vault } from '#platform';
import { testServices } from '#tools/testing';
import { ProfilesModule } from '../profiles.module.ts';

export interface LoadedProfiles {
  module: TestingModule;
  connection: Connection;
  connector: AnyConnector;
}

/** The module of the profile store over the spec's own database, without a server, and without the work that goes on beside one. `more`: modules beside it. */
export async function loadProfiles(...more: Type[]): Promise<LoadedProfiles> {
  const registered: AnyConnector[] = [];
  const masterKey = randomBytes(32).toString('base64');
  const standIns = [
    { provide: Catalog, useValue: { register: (connector: AnyConnector) => registered.push(connector) } },
    { provide: Vault, useValue: new Vault(masterKey) },
    { provide: Signer, useValue: new Signer(masterKey) },
    { provide: Settings, useValue: new Settings({ processes: ['api'] }) },
    { provide: Log, useValue: createLog({ level: 'silent' }) },
  ];

  @Global()
  @Module({ providers: standIns, exports: standIns })
  class StandIns {}

  const mongo = MongooseModule.forRoot(testServices().mongodbUri, { autoIndex: false, autoCreate: false });
  const module = await Test.createTestingModule({ imports: [mongo, StandIns, ...more, ProfilesModule] }).compile();
  await module.init();
  const connection = module.get<Connection>(getConnectionToken());
  await ensureIndexes(connection);
  return { module, connection, connector: registered[0] as AnyConnector };
}
