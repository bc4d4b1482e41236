import { join } from 'node:path';
import type { Services } from '#tools/services';
import { round, timed } from '../kit/figures.ts';
import { startServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { writeCustomers } from '../load/customers.ts';
import { makeSync, runSync } from '../load/engine-load.ts';
import { plainUpserts } from '../load/plain-upserts.ts';
import { warmUpEngine } from '../load/warm-up.ts';
import { countAudiences } from './count-million.ts';
import { define } from './definitions.ts';
import { connect, writePeople } from './people-documents.ts';
import { profilePage } from './profile-page.ts';

const million = 1_000_000;
const loaded = 100_000;
const active = 1_000;

/** What profiles, computed traits and audiences cost. */
export async function benchPeople(): Promise<void> {
  await withServices(async (services, folder) => {
    const load = await loadRatio(services, folder);
    const { audience1m, page } = await overMillion(services, folder);
    console.log(
      JSON.stringify({
        bench: 'people',
        seconds: { audience1m: round(audience1m, 3) },
        ratios: { load: round(load), profilePage: round(page) },
      }),
    );
  });
}

/** The engine's rate with computed traits and ten audiences on, in plain loops. */
async function loadRatio(services: Services, folder: string): Promise<number> {
  const path = join(folder, 'customers.csv');
  await writeCustomers(path, { to: loaded });
  const plain = await plainUpserts(services.mongodbUri, 'people_plain', loaded);
  const options = { database: 'people_load', dataDir: join(folder, 'people_load'), fileRoot: folder };
  const server = await startServerProcess(services, options);
  try {
    await define(server.api);
    await warmUpEngine(server.api, folder);
    const { seconds } = await runSync(server.api, await makeSync(server.api, path), loaded);
    const ratio = plain.first / seconds;
    console.log(
      `first load of 100,000: plain loop ${round(plain.first)} s; the whole way with ten audiences ${round(seconds)} s; ratio ${round(ratio)}`,
    );
    return ratio;
  } finally {
    await server.stop();
  }
}

async function overMillion(services: Services, folder: string): Promise<{ audience1m: number; page: number }> {
  const database = 'people_million';
  const options = { database, dataDir: join(folder, database), fileRoot: folder, processes: 'api' };
  const server = await startServerProcess(services, options);
  const connection = await connect(services.mongodbUri, database);
  try {
    await define(server.api);
    const seconds = await timed(() => writePeople(connection, million, active));
    console.log(`1,000,000 profiles written with the driver in ${round(seconds)} s`);
    const audience1m = await countAudiences(server.api, ['portugal', 'paying', 'pro', 'without-city']);
    const { page, bare } = await profilePage(services.mongodbUri, connection, active);
    console.log(
      `a profile page ${round(page * 1_000)} ms; two bare queries ${round(bare * 1_000)} ms; ratio ${round(page / bare)}`,
    );
    return { audience1m, page: page / bare };
  } finally {
    await connection.close();
    await server.stop();
  }
}
