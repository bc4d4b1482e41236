/** The connectors that can be used: found, judged, described, enabled and disabled. */
export { Catalog } from './catalog.ts';
export type { CatalogEntry } from './catalog-entry.ts';
export { CatalogModule, type CatalogOptions } from './catalog.module.ts';
export { describeConnector, type ConnectorDescription } from './descriptions/connector-description.ts';
export { describeObject, type ObjectDescription } from './descriptions/object-description.ts';
export { describeStream, type StreamDescription } from './descriptions/stream-description.ts';
export { ObjectDto } from './http/object.dto.ts';
export { StreamDto } from './http/stream.dto.ts';
export { findPlugins, ownPluginsFolder } from './plugins/find-plugins.ts';
export { loadPlugin, type LoadedPlugin } from './plugins/load-plugin.ts';
export { objectFaults } from './plugins/object-faults.ts';
export { streamFaults } from './plugins/stream-faults.ts';
export { loadPlugins } from './plugins/load-plugins.ts';
