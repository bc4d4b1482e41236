import { configSpec, messageOf, MillraceError, type ConfigSpec, type ErrorCode } from '../../index.ts';
import { fault, succeed } from './fault.ts';
import { resolveLazy } from './lazy.ts';
import type { ContractCheck } from './options.ts';
import type { Workbench } from './workbench.ts';

const connectionCodes: ReadonlySet<ErrorCode> = new Set([
  'address_not_allowed',
  'authentication_failed',
  'file_not_allowed',
  'file_not_found',
  'invalid_config',
  'invalid_response',
  'permission_denied',
  'remote_error',
  'remote_rejected',
  'secrets_required',
  'timeout',
  'unreachable',
]);

/** The configuration's check and the connector's own. */
export function connectionChecks(bench: Workbench): ContractCheck[] {
  return [
    {
      name: 'takes a good configuration and refuses bad ones',
      run: async () => {
        const spec = await bench.spec();
        const good = await bench.config();
        await succeed('Parsing the good configuration', () => spec.parse(good));
        refuses(spec, null, 'null instead of an object');
        refuses(spec, 'text', 'text instead of an object');
        for (const name of requiredOf(spec)) refuses(spec, without(good, name), `a configuration without "${name}"`);
        for (const [index, bad] of (bench.options.invalidConfigs ?? []).entries())
          refuses(spec, bad, `invalidConfigs[${index}]`);
      },
    },
    {
      name: 'connects with a good configuration',
      run: async () => {
        await bench.use('check()', (ctx) =>
          succeed('check() with the good configuration', () => bench.connector.check(ctx)),
        );
      },
    },
    { name: 'says cleanly that credentials are refused', run: () => checkBadCredentials(bench) },
  ];
}

function requiredOf({ schema }: ConfigSpec): string[] {
  return (schema.required as string[] | undefined) ?? [];
}

function without(config: object, name: string): object {
  return Object.fromEntries(Object.entries(config).filter(([field]) => field !== name));
}

function refuses(spec: ConfigSpec, bad: unknown, what: string): void {
  try {
    spec.parse(bad);
  } catch (thrown) {
    if (thrown instanceof MillraceError && thrown.code === 'invalid_config') return;
    throw fault(
      `The configuration's check fails on ${what}: ${messageOf(thrown)}. It should say invalid_config.`,
      thrown,
    );
  }
  throw fault(`The configuration's check accepts ${what}. Declare what is required, and its type.`);
}

async function checkBadCredentials(bench: Workbench): Promise<void> {
  const { badConfig } = bench.options;
  const { secrets } = configSpec(bench.connector.config);
  if (badConfig === false) return;
  if (badConfig === undefined) {
    if (secrets.length === 0) return;
    throw fault(
      'The connector has secrets: give the kit a `badConfig` with wrong ones (or `false`, if they cannot be refused).',
    );
  }
  const config = await resolveLazy(badConfig);
  const thrown = await bench
    .use('check() with bad credentials', (ctx) => bench.connector.check(ctx), { config })
    .then(
      () => undefined,
      (error: unknown) => error ?? 'nothing',
    );
  if (thrown === undefined) throw fault('check() passes with the bad configuration. Let it use the credentials.');
  if (!(thrown instanceof MillraceError)) {
    throw fault(
      `check() throws no MillraceError on bad credentials, but "${messageOf(thrown)}". Throw one that says why.`,
      thrown,
    );
  }
  if (!connectionCodes.has(thrown.code)) {
    throw fault(
      `check() throws "${thrown.code}" on bad credentials. Throw one of ${[...connectionCodes].join(', ')}.`,
      thrown,
    );
  }
}
