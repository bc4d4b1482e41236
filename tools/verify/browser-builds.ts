import { messageOf } from '@millrace/sdk';
import { builtFolder, consoleCode, snippetCode } from '../../apps/server/browser-code/index.ts';
import type { Step } from './step.ts';

/** What browsers get, before several specs want it at once: a build lets everybody else go first, so while specs run it hardly gets on. */
export const browserBuilds: Step = {
  name: 'browser builds',
  async run() {
    try {
      for (const code of [consoleCode, snippetCode]) await builtFolder(code, new AbortController().signal);
      return { passed: true };
    } catch (error) {
      console.log(`\n── browser builds ──\n${messageOf(error)}`);
      return { passed: false };
    }
  },
};
