import { messageOf, objectsOf, type AnyConnector, type ConnectorContext } from '@millrace/sdk';
import { contractChecks, type ContractCheck } from '@millrace/sdk/testing';
import type { Basis } from './basis.ts';

export interface CheckOutcome {
  name: string;
  passed: boolean;
  /** The connector has nothing that it concerns. */
  idle?: boolean;
  message?: string;
}

/** Cannot be run without credentials that are refused, and would pass. */
const ofBadCredentials = 'says cleanly that credentials are refused';

/**
 * Runs the contract checks one after the other. Against the real thing only those that read and write no rows, unless `thorough`;
 * pushed are only rows of the fixtures.
 */
export async function* runChecks(
  connector: AnyConnector,
  { isReal, options }: Basis,
  { thorough, ctx }: { thorough: boolean; ctx: ConnectorContext },
): AsyncGenerator<CheckOutcome> {
  const objects = Object.fromEntries((await objectNames(connector, ctx)).map((name) => [name, false as const]));
  const all = contractChecks(connector, { ...options, objects: { ...objects, ...options.objects } });
  const wanted = isReal && !thorough ? withoutRows(connector, all) : all;
  for (const check of wanted.filter(({ name }) => name !== ofBadCredentials || options.badConfig !== false)) {
    try {
      const looked = await check.run();
      yield { name: check.name, passed: true, idle: looked === 0 };
    } catch (error) {
      yield { name: check.name, passed: false, message: messageOf(error) };
    }
  }
}

/** The checks that a connector would have that neither reads nor writes. */
function withoutRows(connector: AnyConnector, all: ContractCheck[]): ContractCheck[] {
  const idle = { ...connector, source: undefined, destination: undefined };
  const names = new Set(contractChecks(idle, { config: {} }).map(({ name }) => name));
  return all.filter(({ name }) => names.has(name));
}

async function objectNames(connector: AnyConnector, ctx: ConnectorContext): Promise<string[]> {
  try {
    return Object.keys(await objectsOf(connector, ctx));
  } catch {
    return []; // the checks of discovery tell why
  }
}
