import { once } from 'node:events';
import { createServer, type AddressInfo } from 'node:net';
import { Settings } from '#platform';

/** Port 0 is chosen before anything is made: links lead to it, unless a public URL is given. */
export async function withOwnPort(settings: Settings): Promise<Settings> {
  if (settings.port !== 0) return settings;
  const { publicUrl: asIfGiven, ...rest } = settings;
  const isGiven = asIfGiven !== new Settings(rest).publicUrl;
  const port = await freePort(settings.host);
  return new Settings({ ...rest, port, ...(isGiven && { publicUrl: asIfGiven }) });
}

async function freePort(host: string): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}
