export { literalPattern } from './literal-pattern.ts';
export { comparableEmail, plainLetters } from './plain-letters.ts';
