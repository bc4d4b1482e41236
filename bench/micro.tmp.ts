import { withServices } from './kit/with-services.ts';
import { startServerProcess } from './kit/server-process.ts';
import { Sender, rateOf } from './collect/sender.ts';
import { batchOf, trackMessage } from './collect/messages.ts';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
await withServices(async (services, folder) => {
  const s = await startServerProcess(services, { database: 'x', dataDir: join(folder, 'x'), fileRoot: folder, processes: 'api,collector' });
  const { writeKey } = await s.api.post<{ writeKey: string }>('/api/sources', { name: 'Bench' });
  const uri = new URL(services.mongodbUri); uri.pathname = '/bench_bare';
  const child = spawn(process.execPath, [join(import.meta.dirname, 'collect/bare.mjs'), uri.href], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [url] = (await once(createInterface(child.stdout), 'line')) as [string];
  for (let r = 0; r < 2; r++) for (const [u, p] of [[url, ''], [s.url, '/v1']] as const) {
    const sender = new Sender(u, writeKey, 32); let n = 0;
    const c0 = process.cpuUsage();
    const b = await rateOf(8, 4, () => sender.post(`${p}/batch`, batchOf(100, (n += 100))));
    const c1 = process.cpuUsage(c0);
    const one = await rateOf(32, 4, () => sender.post(`${p}/track`, trackMessage(n++)));
    console.log(p || 'bare', (b * 100).toFixed(0), one.toFixed(0), 'sender cpu us/event', ((c1.user + c1.system) / (b * 400)).toFixed(1));
    sender.close();
  }
  child.kill(); await s.stop();
});
