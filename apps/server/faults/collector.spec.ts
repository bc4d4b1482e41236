import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { CountingClient } from './testing/counting-client.ts';
import { Installation } from './testing/installation.ts';
import { sendThroughKills } from './testing/send-through-kills.ts';

const luck = chance();

describe(`collecting (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let client: CountingClient;
  let restart: () => Promise<void>;

  beforeAll(async () => {
    mill = await Installation.start(1);
    const port = await freePort();
    const { writeKey } = await mill.api.post<{ writeKey: string }>('/api/sources', { name: 'Counted' });
    client = new CountingClient(`http://127.0.0.1:${port}`, writeKey);
    let collector = await mill.startCollector(port);
    restart = async () => {
      await collector.kill();
      collector = await mill.startCollector(port);
    };
  });
  afterAll(() => mill?.stop());

  it('loses no acknowledged event and counts none twice, though collector and worker are killed', async () => {
    await client.send(5);
    const send = () => client.send(1);
    await sendThroughKills({ mill, luck, sender: client, send, atOnce: 4, restart, kept: 'inbox' });
  }, 900_000);
});
