import { MillraceError } from '@millrace/sdk';
import { describeWhere, missingPrograms } from '#tools/testing';

/** What to install where the runtime client cannot be built. */
export const compilerAdvice = 'Debian: apt-get install autoconf automake cmake g++ libtool make python3';

const programs = ['autoconf', 'automake', 'cmake', 'g++', 'libtoolize', 'make', 'python3'];

/** `describe` where AWS's runtime client can be built. */
export const describeWithLambda = describeWhere(requireCompiler);

function requireCompiler(): void {
  const missing = missingPrograms(programs);
  if (missing.length === 0) return;
  throw new MillraceError(
    'service_unavailable',
    `AWS's runtime client needs ${missing.join(', ')} (${compilerAdvice}).`,
  );
}
