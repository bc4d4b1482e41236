import { messageOf } from '@millrace/sdk';
import colors from 'picocolors';
import { Demo } from './demo.ts';

const once = process.argv.includes('--once');

try {
  const demo = await Demo.start();
  try {
    await demo.show();
    if (!once) await demo.serveUntilStopped();
  } finally {
    await demo.stop();
  }
} catch (error) {
  console.error(colors.red(`\n${messageOf(error)}`));
  process.exitCode = 1;
}
