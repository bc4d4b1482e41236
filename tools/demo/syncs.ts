import {
  effectsLine,
  followRun,
  ledgerLine,
  type ApiClient,
  type RejectView,
  type RunView,
} from '../../apps/cli/index.ts';
import colors from 'picocolors';
import { expect } from './expect.ts';
import { expectedRows, shopConfiguration } from './shop.ts';

/** Configures the shop's connections and syncs, checks and runs them, and shows where every row ended. */
export async function loadShop(api: ApiClient): Promise<void> {
  const { connections, syncs } = shopConfiguration();
  console.log(colors.bold('\nConnections'));
  for (const { slug, ...connection } of connections) {
    await api.put(`/api/connections/${slug}`, connection);
    const check = await api.post<{ ok: boolean; message?: string }>(`/api/connections/${slug}/check`);
    console.log(`  ${check.ok ? colors.green('✓') : colors.red('✗')} ${connection.name}`);
    expect(check.ok, `the connection ${slug} works (${check.message ?? 'no message'})`);
  }
  console.log(colors.bold('\nSyncs'));
  for (const { slug, ...sync } of syncs) {
    await api.put(`/api/syncs/${slug}`, sync);
    const { id } = await api.post<RunView>(`/api/syncs/${slug}/runs`);
    const run = await followRun(api, id, { label: sync.name.padEnd(16) });
    await showRun(api, slug, run);
  }
}

async function showRun(api: ApiClient, slug: string, run: RunView): Promise<void> {
  expect(run.state === 'succeeded', `the run of ${slug} succeeds (${run.state}: ${run.reason ?? ''})`);
  const effects = effectsLine(run.effects);
  console.log(`    ${ledgerLine(run.ledger)}${effects ? colors.dim(` (${effects})`) : ''}`);
  const expected = expectedRows[slug];
  expect(run.ledger.read === expected?.read, `${slug} has ${expected?.read} rows (${run.ledger.read})`);
  expect(
    run.ledger.rejected === expected?.rejected,
    `${expected?.rejected} rows of ${slug} are refused (${run.ledger.rejected})`,
  );
  for await (const reject of api.all<RejectView>(`/api/runs/${run.id}/rejects`)) {
    console.log(`    ${colors.yellow('refused')} ${reject.position ?? ''} ${colors.dim(reject.message)}`);
  }
}
