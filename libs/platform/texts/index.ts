export { literalPattern } from './literal-pattern.ts';
export { comparableEmail, composed, plainLetters } from './plain-letters.ts';
