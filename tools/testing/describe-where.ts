import { describe } from '@jest/globals';
import { messageOf } from '@millrace/sdk';

/**
 * `describe` where `find` finds what specs need; elsewhere (it throws) the suite is reported as skipped, with what it says is to be installed. CI
 * installs it, so there a missing one is an error.
 */
export function describeWhere(find: () => unknown): typeof describe | typeof describe.skip {
  if (process.env.CI) return describe;
  try {
    find();
    return describe;
  } catch (error) {
    process.stdout.write(`Skipped: ${messageOf(error)}\n`);
    return describe.skip;
  }
}
