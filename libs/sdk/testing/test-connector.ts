import { MillraceError, type Connector } from '../index.ts';
import { contractChecks } from './contract/contract-checks.ts';
import type { ContractOptions } from './contract/options.ts';

/** Milliseconds for a check, where a framework allows 5 s by itself. What hangs is told by the check, and sooner. */
const longestCheck = 900_000;

/** The part of a test framework that the kit uses. */
export interface TestFramework {
  describe: (name: string, define: () => void) => void;
  it: (name: string, run: () => Promise<void>, timeout?: number) => void;
}

/**
 * Registers the contract checks as tests: one line in a connector's spec. Uses the framework's global `describe` and `it`
 * (jest, vitest with globals, …) unless given others.
 */
export function testConnector<C>(
  connector: Connector<C>,
  options: ContractOptions<NoInfer<C>>,
  framework?: TestFramework,
): void {
  const { describe, it } = framework ?? globalFramework();
  describe(`connector ${connector.id}`, () => {
    for (const check of contractChecks(connector, options)) {
      it(check.name, async () => void (await check.run()), longestCheck);
    }
  });
}

function globalFramework(): TestFramework {
  const { describe, it } = globalThis as Partial<TestFramework>;
  if (describe && it) return { describe, it };
  throw new MillraceError(
    'internal',
    'There is no global describe() and it(): give them to testConnector() as its last argument.',
  );
}
