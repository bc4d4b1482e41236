import { configSpec, type ConnectorContext } from '@millrace/sdk';
import { testContext } from '@millrace/sdk/testing';
import { FileConfig } from '../config.ts';

/** A context over one folder. */
export function fileContext(root: string, config: Record<string, unknown>): ConnectorContext<FileConfig> {
  return testContext(configSpec(FileConfig).parse(config), { root });
}
