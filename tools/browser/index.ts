/** Debian's Chromium, for specs. */
export { describeWithChromium } from './describe-with-chromium.ts';
export { launchChromium, newVisitor } from './launch-chromium.ts';
