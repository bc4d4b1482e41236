/** What specs need of the real MongoDB and Redis. */
export { dropTestDatabase, testServices, type TestServices } from './test-services.ts';
