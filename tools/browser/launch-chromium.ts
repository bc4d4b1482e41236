import { chromium, type Browser } from 'playwright-core';
import { chromiumProgram } from './chromium-program.ts';

/** A browser without a window, on a profile of its own. */
export function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
  return chromium.launch({ executablePath: chromiumProgram(), args });
}
