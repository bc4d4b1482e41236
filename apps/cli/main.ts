import { CommanderError } from 'commander';
import colors from 'picocolors';
import { plainText } from './output/plain-text.ts';
import { program } from './program.ts';

// Whoever reads may stop reading (`millrace runs | head`): no reason to complain.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code !== 'EPIPE') throw error;
  process.exit(0);
});

try {
  await program().parseAsync(process.argv);
} catch (error) {
  if (error instanceof CommanderError) process.exitCode = error.exitCode;
  else {
    console.error(colors.red(plainText(error instanceof Error ? error.message : String(error))));
    process.exitCode = 1;
  }
}
