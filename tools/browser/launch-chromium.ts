import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { chromiumProgram } from './chromium-program.ts';

/** Less than a test may take: playwright tells what was waited for. */
const patience = 240_000;

/** A browser without a window, on a profile of its own. */
export function launchChromium(): Promise<Browser> {
  const args = ['--no-sandbox', '--disable-gpu', '--no-first-run'];
  return chromium.launch({ executablePath: chromiumProgram(), args, timeout: patience });
}

/** Of somebody new, whose pages wait for as long as a busy machine takes. */
export async function newVisitor(browser: Browser, options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(patience);
  return context;
}
