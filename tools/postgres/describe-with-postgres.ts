import { describe } from '@jest/globals';
import { messageOf } from '@millrace/sdk';
import { postgresPrograms } from './postgres-programs.ts';

/**
 * `describe` where PostgreSQL is installed; elsewhere the suite is reported as skipped, with what to install. CI installs it, so there a
 * missing one is an error.
 */
export const describeWithPostgres: typeof describe | typeof describe.skip = hasPostgres() ? describe : describe.skip;

function hasPostgres(): boolean {
  if (process.env.CI) return true;
  try {
    postgresPrograms();
    return true;
  } catch (error) {
    process.stdout.write(`Skipped: ${messageOf(error)}\n`);
    return false;
  }
}
