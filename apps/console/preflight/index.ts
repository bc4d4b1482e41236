/** Composing for a whole audience without sending: begun, followed, looked through. */
export { PreflightDialog } from './preflight-dialog.tsx';
export { codeText } from './words.ts';
