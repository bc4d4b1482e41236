import { MillraceError, type ConnectorContext } from '@millrace/sdk';
import type { FileConfig } from './config.ts';
import { pathsOf } from './source/rows-stream.ts';
import { sampleOf } from './source/sample.ts';

/** The path matches a file whose first row can be read. Of a connection that only writes, the output's name is looked at. */
export async function checkFile(ctx: ConnectorContext<FileConfig>): Promise<void> {
  const { path, output } = ctx.config;
  if (path === undefined && output === undefined) {
    throw new MillraceError(
      'invalid_config',
      'Neither "path" (to read) nor "output" (to write) is set. Set one of them.',
    );
  }
  if (path === undefined) return;
  const [first] = await pathsOf(ctx);
  const { records, problem } = await sampleOf(ctx, first);
  if (problem && records.length === 0) {
    throw new MillraceError(problem.code, `The rows of ${path} cannot be read: ${problem.message}`);
  }
}
