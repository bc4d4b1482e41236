import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, it } from '@jest/globals';

const path = (relative: string): string => fileURLToPath(new URL(relative, import.meta.url));

/** In a process without a test framework, which would catch the rejection before the kit does. */
const script = `
  import { contractChecks } from ${JSON.stringify(path('./index.ts'))};
  import { toyConnector, toyOptions } from ${JSON.stringify(path('./toy/toy-connector.ts'))};
  const connector = toyConnector({ connector: { check: async () => void Promise.reject(new Error('floating')) } });
  const faults = [];
  for (const check of contractChecks(connector, toyOptions)) await check.run().catch(({ message }) => faults.push(message));
  console.log(JSON.stringify(faults));
`;

it('the kit names a connector that leaves a rejection unhandled', async () => {
  const args = ['--import', path('../../../tools/typescript/register.mjs'), '--input-type=module', '--eval', script];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  expect(JSON.parse(stdout)).toContainEqual(
    expect.stringMatching(/^Connector "toy" leaves an error unhandled, .*: floating\. Await every promise/),
  );
});
