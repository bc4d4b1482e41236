import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** In a process of its own, since the zone is the process's. */
const script = `
  import { parseTime } from ${JSON.stringify(path('./mapping/index.ts'))};
  import { sinceParam } from ${JSON.stringify(path('./templates/rest/since.ts'))};
  import { readDelivery } from ${JSON.stringify(path('./webhooks/read-delivery.ts'))};
  const cursor = '2024-05-01 12:00:00';
  const reading = { stream: 'people', key: ['id'], parse: () => [{ stream: 'people', record: { id: 1 }, at: cursor }] };
  const delivery = { id: 'd1', body: Buffer.alloc(0), receivedAt: new Date(0) };
  console.log(JSON.stringify({
    local: new Date(2024, 4, 1).toISOString(),
    parsed: ${JSON.stringify([
      '2024-05-01 12:00',
      '2024-05-01T12:00:00.123456',
      '2024-05-01',
      '2024-05-01T12:00:00+02:00',
      '2024-05-01 12:00:00 UTC',
      'Wed, 01 May 2024 12:00:00 GMT',
    ])}.map((text) => new Date(parseTime(text)).toISOString()),
    none: ['', 'yesterday', '2024-05-01 25:00'].map((text) => parseTime(text)),
    since: sinceParam({ since: { param: 'since', format: 'iso' } }, { state: { cursor } }),
    delivered: readDelivery(reading, delivery).times.records,
  }));
`;

it('a time without a zone is UTC, wherever the process runs', async () => {
  const args = ['--import', path('../../tools/typescript/register.mjs'), '--input-type=module', '--eval', script];
  const env = { ...process.env, TZ: 'America/New_York' };
  const { stdout } = await promisify(execFile)(process.execPath, args, { env });
  expect(JSON.parse(stdout)).toEqual({
    local: '2024-05-01T04:00:00.000Z',
    parsed: [
      '2024-05-01T12:00:00.000Z',
      '2024-05-01T12:00:00.123Z',
      '2024-05-01T00:00:00.000Z',
      '2024-05-01T10:00:00.000Z',
      '2024-05-01T12:00:00.000Z',
      '2024-05-01T12:00:00.000Z',
    ],
    none: [null, null, null],
    since: { since: '2024-05-01T12:00:00.000Z' },
    delivered: ['2024-05-01T12:00:00.000Z'],
  });
});
