import type { AnyConnector, ConfigSpec } from '@millrace/sdk';

/** A connector as the catalog knows it. */
export interface CatalogEntry {
  connector: AnyConnector;
  config: ConfigSpec;
  /** The file or the part of Millrace that it came from. */
  origin: string;
  /** Of its version, configuration, streams and objects: another hash is another connector. */
  hash: string;
  /** Part of Millrace: not listed, not to be disabled, no connections to be made of it. */
  internal: boolean;
  enabled: boolean;
  /** Why it is disabled. */
  reason?: string;
}
