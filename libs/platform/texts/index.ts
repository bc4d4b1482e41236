export { literalPattern } from './literal-pattern.ts';
