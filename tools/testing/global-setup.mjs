// Once a jest run: MongoDB and Redis of our own, unless MONGODB_URI and REDIS_URL name some or no test needs them.
import '../typescript/register.mjs';

export default async function globalSetup() {
  if (process.env.MILLRACE_TEST_SERVICES === 'none') return;
  const { startTestServices } = await import('./start-test-services.ts');
  const services = await startTestServices();
  globalThis.stopTestServices = services.stop;
}
