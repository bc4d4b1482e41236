import { contractChecks } from '../contract/contract-checks.ts';
import type { ContractOptions } from '../contract/options.ts';
import { toyConnector, toyOptions, type ToyParts } from './toy-connector.ts';

/** The messages of the checks that the toy fails with these parts of it replaced. */
export async function faultsOf(parts: ToyParts, options: Partial<ContractOptions> = {}): Promise<string> {
  const faults: string[] = [];
  for (const check of contractChecks(toyConnector(parts), { ...toyOptions, ...options })) {
    await check.run().catch((error: Error) => faults.push(error.message));
  }
  return faults.join('\n');
}
