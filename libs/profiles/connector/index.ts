export { profilesConnector, type ProfilesConnectorParts } from './profiles-connector.ts';
export { readPartRow } from './profile-object.ts';
export { consentRecordId } from './consent-stream.ts';
