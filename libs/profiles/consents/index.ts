export { consentChoiceModel, consentChoiceSchema, type ConsentChoice } from './choice.schema.ts';
export { ConsentWriter } from './consent-writer.ts';
export {
  consentId,
  consentModel,
  consentSchema,
  type ConsentState,
  type ConsentStatement,
  type StoredConsent,
} from './consent.schema.ts';
export { readConsents, statementOf, type Choice, type ConsentRow } from './read-consents.ts';
export { undatedGrants } from './undated-grants.migration.ts';
export { everyPurpose, readWord, wordPattern } from './word.ts';
