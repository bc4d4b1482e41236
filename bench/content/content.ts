import { join } from 'node:path';
import type { Services } from '#tools/services';
import type { Connection } from 'mongoose';
import { median, round } from '../kit/figures.ts';
import { startServerProcess, type ServerProcess } from '../kit/server-process.ts';
import { withServices } from '../kit/with-services.ts';
import { connect, profileId } from '../people/people-documents.ts';
import { startBareLoop } from './bare-loop.ts';
import { mail } from './mail.ts';
import { writePeople } from './people-documents.ts';
import { preflightRound, type PreflightRound } from './preflights.ts';
import { previewOverRender, stopEndless } from './previews.ts';

const rounds = 3;
const database = 'bench_content';

/** What previews and preflights cost beyond rendering. `--people 10000`: fewer than 100,000. */
export async function benchContent(args: string[]): Promise<void> {
  const people = Number(args[args.indexOf('--people') + 1] ?? NaN) || 100_000;
  await withServices(async (services, folder) => {
    const options = { database, dataDir: join(folder, database), fileRoot: folder, processes: 'api,worker' };
    const server = await startServerProcess(services, options);
    const connection = await connect(services.mongodbUri, database);
    try {
      await writePeople(connection, people);
      await server.api.put('/api/templates/bench', { name: 'Bench', ...mail });
      const over = await previewOverRender(server.api, (n) => traitsOf(connection, n));
      await stopEndless(server.api);
      const { ratio, rssMb } = await preflights(services, server, people);
      const figures = { ms: { previewOverRender: round(over) }, ratios: { preflight: round(ratio) }, rssMb };
      console.log(JSON.stringify({ bench: 'content', ...figures }));
    } finally {
      await connection.close();
      await server.stop();
    }
  });
}

/** The bare loop and the preflight in turn, the loop warm. */
async function preflights(
  services: Services,
  server: ServerProcess,
  people: number,
): Promise<{ ratio: number; rssMb: number }> {
  const uri = new URL(services.mongodbUri);
  uri.pathname = `/${database}`;
  const bare = await startBareLoop(uri.href);
  const pairs: { bare: number; preflight: PreflightRound }[] = [];
  try {
    for (let n = 1; n <= rounds; n++) {
      const { seconds, letters } = await bare.round();
      console.log(
        `bare loop: ${round(seconds)} s for ${people.toLocaleString('en')} people, ${round(letters / people, 0)} letters each`,
      );
      pairs.push({ bare: seconds, preflight: await preflightRound(server, people) });
    }
  } finally {
    bare.stop();
  }
  return {
    ratio: median(pairs.map(({ bare: loop, preflight }) => preflight.seconds / loop)),
    rssMb: Math.max(...pairs.map(({ preflight }) => preflight.rssMb)),
  };
}

async function traitsOf(connection: Connection, n: number): Promise<object> {
  const profile = await connection
    .collection<{ _id: string; parts: { t: object }[] }>('profiles')
    .findOne({ _id: profileId(n) });
  return profile?.parts[0]?.t ?? {};
}
