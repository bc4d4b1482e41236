/** Composed mails for other systems to send. */
export { MailExportsController } from './mail-exports.controller.ts';
export { MailExports } from './mail-exports.ts';
export { mailsConnector } from './mails-connector.ts';
