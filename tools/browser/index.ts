/** Debian's Chromium, for specs. */
export { describeWithChromium } from './describe-with-chromium.ts';
export { launchChromium } from './launch-chromium.ts';
