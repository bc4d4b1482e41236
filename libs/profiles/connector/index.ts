export { profilesConnector, type ProfilesConnectorParts } from './profiles-connector.ts';
