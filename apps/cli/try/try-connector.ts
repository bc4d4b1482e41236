import colors from 'picocolors';
import {
  authOf,
  configSpec,
  messageOf,
  MillraceError,
  objectsOf,
  streamsOf,
  type AnyConnector,
  type Stream,
} from '@millrace/sdk';
import { testContext, type TestContext } from '@millrace/sdk/testing';
import { basisOf, type Basis } from './basis.ts';
import { loadConnector } from './load-connector.ts';
import { Output } from './output.ts';
import { runChecks } from './run-checks.ts';
import { sampleDeliveries } from './sample-deliveries.ts';
import { showObject } from './show-object.ts';
import { showStream } from './show-stream.ts';

export interface TryOptions {
  config?: string;
  stream?: string;
  limit: number;
  thorough?: boolean;
}

/** Shows whether a connector keeps the contract, and what it reads and writes; whether all is well. */
export async function tryConnector(folder: string, options: TryOptions): Promise<boolean> {
  const connector = await loadConnector(folder);
  const basis = await basisOf(connector, folder, options.config);
  const spec = configSpec(connector.config);
  const output = new Output(basis.config, spec.secrets);
  const ctx = await contextOf(connector, basis, { config: spec.parse(basis.config), folder });
  output.line(`${colors.bold(connector.title)} ${colors.dim(`${connector.id} ${connector.version}`)}`);
  output.line(`${basis.note}\n`);
  const passed = await showChecks(output, connector, basis, { ctx, thorough: options.thorough ?? false });
  try {
    await showRows(output, connector, ctx, options);
    return passed;
  } catch (error) {
    output.line(colors.red(messageOf(error)));
    return false;
  }
}

async function contextOf(
  connector: AnyConnector,
  { options }: Basis,
  { config, folder }: { config: unknown; folder: string },
): Promise<TestContext> {
  const client = { settings: connector.http?.(config), auth: authOf(connector.auth, config) };
  const deliveries = sampleDeliveries(connector, folder);
  return testContext(config, { ...client, deliveries, ...(await options.context?.(config)) });
}

async function showChecks(
  output: Output,
  connector: AnyConnector,
  basis: Basis,
  how: { ctx: TestContext; thorough: boolean },
): Promise<boolean> {
  let failed = 0;
  for await (const { name, passed, idle, message } of runChecks(connector, basis, how)) {
    if (idle) continue;
    output.line(`${passed ? colors.green('✓') : colors.red('✗')} ${name}`);
    if (message) output.line(`  ${colors.red(message)}`);
    if (!passed) failed++;
  }
  if (basis.isReal && !how.thorough)
    output.line(colors.dim('Not checked: reading every stream whole. --thorough does it.'));
  if (failed > 0) output.line(colors.red(failed === 1 ? '1 check failed.' : `${failed} checks failed.`));
  return failed === 0;
}

async function showRows(
  output: Output,
  connector: AnyConnector,
  ctx: TestContext,
  { stream: wanted, limit }: TryOptions,
): Promise<void> {
  const streams = await streamsOf(connector, ctx);
  const names = Object.keys(streams);
  const name = wanted ?? names[0];
  if (name !== undefined) await showStream(output, name, streamNamed(streams, name), { ctx, limit });
  const others = names.filter((other) => other !== name);
  if (others.length > 0) output.line(colors.dim(`\nOther streams (--stream <name>): ${others.join(', ')}`));
  for (const [object, definition] of Object.entries(await objectsOf(connector, ctx)))
    await showObject(output, object, definition);
}

function streamNamed(streams: Record<string, Stream>, name: string): Stream {
  const found = Object.hasOwn(streams, name) ? streams[name] : undefined;
  if (found) return found;
  throw new MillraceError(
    'stream_not_found',
    `The source has no stream "${name}". It has: ${Object.keys(streams).join(', ') || 'none'}.`,
  );
}
