import { describe } from '@jest/globals';
import { messageOf } from '@millrace/sdk';
import { chromiumProgram } from './chromium-program.ts';

/**
 * `describe` where Chromium is installed; elsewhere the suite is reported as skipped, with what to install. CI installs it, so there a
 * missing one is an error.
 */
export const describeWithChromium: typeof describe | typeof describe.skip = hasChromium() ? describe : describe.skip;

function hasChromium(): boolean {
  if (process.env.CI) return true;
  try {
    chromiumProgram();
    return true;
  } catch (error) {
    process.stdout.write(`Skipped: ${messageOf(error)}\n`);
    return false;
  }
}
