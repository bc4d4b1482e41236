export { ConnectionDataCounter } from './connection-counts.ts';
export { ConnectionData } from './connection-data.ts';
export { refoldModel, refoldSchema, type StoredRefold } from './refold.schema.ts';
export { alikeNames } from './alike-names.migration.ts';
export { readAddresses, readDomains } from './read-addresses.migration.ts';
export { Refolds } from './refolds.ts';
export { RefoldsController } from './refolds.controller.ts';
export { RefoldWorker } from './refold-worker.ts';
export { SourcePrioritiesController } from './source-priorities.controller.ts';
