import { once } from 'node:events';
import { createLog, loadSettings, Settings } from '#platform';
import { freePort, startServices, type Services } from '#tools/services';
import colors from 'picocolors';
import { ApiClient } from '../../apps/cli/index.ts';
import { startServer, type RunningServer } from '../../apps/server/index.ts';
import { demoKey } from './demo-key.ts';
import { expect } from './expect.ts';
import { showPreviews } from './previews.ts';
import { shopFolder } from './shop.ts';
import { loadShop } from './syncs.ts';

/** Where it listens: the settings' address, on another port where that one is taken and nobody asked for it. */
async function address({ port, publicUrl }: Settings): Promise<Partial<Settings>> {
  if (process.env.MILLRACE_PORT) return {};
  return { port: await freePort(port), publicUrl: process.env.MILLRACE_PUBLIC_URL ? publicUrl : undefined };
}

/** The example shop, from files to previews, on a server of its own. */
export class Demo {
  private constructor(
    private readonly services: Services,
    private readonly server: RunningServer,
    private readonly url: string,
    private readonly key: string,
  ) {}

  static async start(): Promise<Demo> {
    const given = loadSettings(process.env);
    for (const warning of given.warnings) console.log(colors.yellow(warning));
    const { mongodbUri, redisUrl, dataDir } = given;
    const services = await startServices({
      mongodbUri,
      redisUrl,
      dataDir,
      log: (line) => console.log(colors.dim(line)),
      warn: (line) => console.log(colors.yellow(line)),
    });
    const key = demoKey(given);
    const settings = new Settings({
      ...given,
      ...(await address(given)),
      mongodbUri: services.mongodbUri,
      redisUrl: services.redisUrl,
      adminKey: key,
      fileRoots: [shopFolder, ...given.fileRoots],
    });
    try {
      const server = await startServer(settings, createLog({ level: 'warn', format: 'pretty' }));
      server.buildForBrowsers();
      return new Demo(services, server, settings.publicUrl, key);
    } catch (error) {
      await services.stop();
      throw error;
    }
  }

  async show(): Promise<void> {
    const api = new ApiClient({ url: this.url, key: this.key });
    const before = await api.get<{ data: unknown[] }>('/api/profiles', { limit: 1 });
    if (before.data.length > 0) console.log(colors.dim('The people of the last demo are still here.'));
    await loadShop(api);
    await showPreviews(api);
    expect((await api.get<{ status: string }>('/healthz')).status === 'ok', 'the server says that it is healthy');
    console.log(`\n${colors.bold('Studio')}     ${this.url}/studio`);
    console.log(`${colors.bold('Syncs')}      ${this.url}/syncs`);
    console.log(`${colors.bold('Admin key')}  ${this.key}`);
    console.log(`${colors.bold('API')}        ${this.url}/docs`);
  }

  async serveUntilStopped(): Promise<void> {
    const stopped = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);
    console.log(`\nMillrace goes on serving at ${colors.cyan(this.url)}. Stop it with Ctrl-C.`);
    await stopped;
    console.log('\nStopping …');
  }

  async stop(): Promise<void> {
    await this.server.close();
    await this.services.stop();
  }
}
