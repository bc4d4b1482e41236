export { collectConnector, type CollectConnectorParts } from './collect-connector.ts';
