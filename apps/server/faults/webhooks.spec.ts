import { afterAll, beforeAll, describe, it } from '@jest/globals';
import { freePort } from '#tools/services';
import { chance } from './testing/chance.ts';
import { CountingSender } from './testing/counting-sender.ts';
import { Installation } from './testing/installation.ts';
import { sendThroughKills } from './testing/send-through-kills.ts';

const luck = chance();
const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

describe(`webhooks (MILLRACE_FAULT_SEED=${luck.seed})`, () => {
  let mill: Installation;
  let sender: CountingSender;
  let restart: () => Promise<void>;

  beforeAll(async () => {
    mill = await Installation.start(1);
    const port = await freePort();
    const config = { signingSecrets: [secret] };
    await mill.api.post('/api/connections', { connector: 'standard-webhooks', slug: 'counted', config });
    const from = { connection: 'counted', stream: 'events' };
    await mill.api.post('/api/syncs', { name: 'Counted', from, to: { connection: 'profiles' } });
    sender = new CountingSender(`http://127.0.0.1:${port}/hooks/counted`, secret);
    let collector = await mill.startCollector(port);
    restart = async () => {
      await collector.kill();
      collector = await mill.startCollector(port);
    };
  });
  afterAll(() => mill?.stop());

  it('lose no acknowledged delivery and count none twice, though collector and worker are killed', async () => {
    const send = () => sender.deliver();
    await sendThroughKills({ mill, luck, sender, send, atOnce: 8, restart, kept: 'webhook_deliveries' });
  }, 900_000);
});
