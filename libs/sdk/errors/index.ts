export { errorCodes, type ErrorCode } from './codes.ts';
export { MillraceError, messageOf, type ErrorOptions } from './millrace-error.ts';
