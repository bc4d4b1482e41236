import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeWithPostgres as describe, startPostgres } from '#tools/postgres';
import { Shop } from '../testing/shop.ts';
import { openSession } from './open-session.ts';

let shop: Shop;
let certificate: string;

beforeAll(async () => {
  shop = await Shop.over(await startPostgres());
  const { cert, key } = selfSigned('IP:127.0.0.1');
  certificate = cert;
  await shop.sql(
    `COPY (SELECT 1) TO PROGRAM $$umask 077; echo '${cert}' > server.crt; echo '${key}' > server.key; cat > /dev/null$$`,
  );
  await shop.sql('ALTER SYSTEM SET ssl = on');
  await shop.sql('SELECT pg_reload_conf()');
  while (!(await usesTls({ ssl: 'prefer' }))); // it is heeded a little later
});
afterAll(() => shop.stop());

describe('TLS', () => {
  it.each([
    ['disable', false],
    ['prefer', true],
    ['require', true],
  ])('with %s is used: %s', async (ssl, used) => {
    expect(await usesTls({ ssl })).toBe(used);
  });

  it('is verified where it should be', async () => {
    expect(await usesTls({ ssl: 'verify-full', ca: certificate })).toBe(true);
    const fault = { code: 'unreachable', retryable: false };
    await expect(usesTls({ ssl: 'verify-full' })).rejects.toMatchObject(fault);
    await expect(usesTls({ ssl: 'verify-full', ca: certificate, host: 'localhost' })).rejects.toMatchObject(fault);
  });
});

async function usesTls(config: object): Promise<boolean> {
  const session = await openSession(shop.context(config));
  try {
    const [row] = await session.rows('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()');
    return row?.[0] === 't';
  } finally {
    await session.close();
  }
}

function selfSigned(name: string): { cert: string; key: string } {
  const folder = mkdtempSync(join(tmpdir(), 'millrace-tls-'));
  try {
    const [cert, key] = [join(folder, 'cert'), join(folder, 'key')];
    const options = [
      '-newkey',
      'ec',
      '-pkeyopt',
      'ec_paramgen_curve:P-256',
      '-nodes',
      '-days',
      '2',
      '-subj',
      '/CN=millrace',
    ];
    execFileSync(
      'openssl',
      ['req', '-x509', ...options, '-addext', `subjectAltName=${name}`, '-keyout', key, '-out', cert],
      { stdio: 'pipe' },
    );
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
