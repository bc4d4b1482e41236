export { profilesConnector, type ProfilesConnectorParts } from './profiles-connector.ts';
export { consentRecordId } from './consent-stream.ts';
