import { defineConnector, type AnyConnector } from '@millrace/sdk';
import type { Datasets } from '../datasets/index.ts';
import type { LandingStore } from '../store/index.ts';
import type { LandingWriter } from '../writer/index.ts';
import { datasetStream } from './dataset-stream.ts';
import { rowObject } from './row-object.ts';

export interface LandingConnectorParts {
  store: LandingStore;
  datasets: Datasets;
  writer: LandingWriter;
}

/** The landing as a connector: syncs land raw rows into it, and others map them from there. */
export function landingConnector({ store, datasets, writer }: LandingConnectorParts): AnyConnector {
  return defineConnector({
    id: 'landing',
    title: 'Landing',
    description: 'Raw rows with their history, in Millrace itself: land first, map later, as often as needed.',
    version: '1.0.0',
    config: { type: 'object', properties: {}, additionalProperties: false },
    check: async () => store.datasets.findOne({}, { projection: { _id: 1 } }),
    source: {
      streams: async () =>
        Object.fromEntries((await datasets.readable()).map((dataset) => [dataset._id, datasetStream(store, dataset)])),
    },
    destination: { objects: { row: rowObject(datasets, writer) } },
  });
}
