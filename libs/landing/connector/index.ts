export { landingConnector, type LandingConnectorParts } from './landing-connector.ts';
