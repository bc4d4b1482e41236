import type { StreamOrigin } from '@millrace/sdk';

/** What others know of the landing's datasets: who lands them, and who reads them. */
export interface LandingSources {
  /** A connection's name for URLs. */
  slugOf(connection: string): Promise<string | undefined>;
  /** Streams that syncs land, whether or not anything has arrived. */
  landed(): Promise<(StreamOrigin & { key?: string[] })[]>;
  /** A sentence that says which sync lands or reads the dataset. */
  usedBy(dataset: StreamOrigin & { name: string }): Promise<string | undefined>;
}
