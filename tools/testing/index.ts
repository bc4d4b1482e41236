/** What specs need of the real MongoDB and Redis, and of HTTP. */
export { startReceiver, type Received, type Receiver } from './receiver.ts';
export { dropTestDatabase, testServices, type TestServices } from './test-services.ts';
