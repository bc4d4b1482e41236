/** What a change of a template does to people's mails. */
export { Differences, type MailDifferences } from './differences.ts';
export { linesOf } from './part-difference.ts';
export { DifferencesController } from './differences.controller.ts';
