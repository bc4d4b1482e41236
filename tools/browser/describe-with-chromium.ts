import { describeWhere } from '#tools/testing';
import { chromiumProgram } from './chromium-program.ts';

/** `describe` where Chromium is installed. */
export const describeWithChromium = describeWhere(() => chromiumProgram());
