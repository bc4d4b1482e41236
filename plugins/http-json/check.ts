import { firstPage, httpError, type ConnectorContext } from '@millrace/sdk';
import type { HttpJsonConfig } from './config.ts';
import { source } from './source.ts';

/** Asks the path to check; without one, reads the first page of the first stream. */
export async function checkApi(ctx: ConnectorContext<HttpJsonConfig>): Promise<void> {
  const { config, http, signal } = ctx;
  if (config.checkPath === undefined) {
    await firstPage(source, ctx);
    return;
  }
  try {
    await http.get(config.checkPath, { signal });
  } catch (error) {
    throw httpError(error);
  }
}
