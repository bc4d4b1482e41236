/** What specs need of the real MongoDB and Redis, of HTTP and of a mail server. */
export { makeDataFolder } from './data-folder.ts';
export { describeWhere } from './describe-where.ts';
export { startFailingApp, type FailingApp } from './failing-app.ts';
export { gate } from './gate.ts';
export { missingPrograms } from './missing-programs.ts';
export { startMailReceiver, type MailReceiver, type ReceivedMail } from './mail-receiver.ts';
export { startReceiver, type Received, type Receiver } from './receiver.ts';
export { dropTestDatabase, testServices, type TestServices } from './test-services.ts';
