/** Mails to the team, as somebody would get them. */
export { AllowedRecipients } from './allowed-recipients.ts';
export { testSendModel, testSendSchema } from './test-send.schema.ts';
export { TestSendStore } from './test-send-store.ts';
export type { TestSendView } from './test-send-view.ts';
export { TestSends, type TestSendRequest } from './test-sends.ts';
export { TestSendsController } from './test-sends.controller.ts';
