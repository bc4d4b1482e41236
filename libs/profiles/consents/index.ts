export { ConsentWriter } from './consent-writer.ts';
export { consentModel, consentSchema, type ConsentState, type StoredConsent } from './consent.schema.ts';
export { readConsents, type ConsentRow } from './read-consents.ts';
