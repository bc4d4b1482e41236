export { composedNames, withComposedNames } from './composed-names.ts';
export { spellingsOf, withReadableDomain } from './domains.ts';
export { emailReadBy, isGmailDomain, readingName, readingNames, type EmailReading } from './email-readings.ts';
export { literalPattern } from './literal-pattern.ts';
export { emailAddressOf } from './email-address.ts';
export { comparableEmail, composed, plainLetters } from './plain-letters.ts';
