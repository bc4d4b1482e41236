import { ModernFakeTimers } from '@jest/fake-timers';
import { ModuleMocker } from 'jest-mock';

/** Specs run in their worker's own realm, as a server's code does in its process. What one changes there is put back. */
export default class Environment {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  fakeTimers = null; // the legacy ones
  #before = {
    env: { ...process.env },
    exit: process.exit,
    console: globalThis.console,
    prepareStackTrace: Error.prepareStackTrace,
    stackTraceLimit: Error.stackTraceLimit,
  };

  constructor({ projectConfig }) {
    this.fakeTimersModern = new ModernFakeTimers({ config: projectConfig, global: globalThis });
  }

  exportConditions = () => ['node', 'node-addons'];
  getVmContext = () => null;

  async setup() {
    Error.prepareStackTrace = this.#before.prepareStackTrace; // jest has put its own there, which knows of no file that Node loads
  }

  async teardown() {
    this.fakeTimersModern.dispose();
    this.moduleMocker.restoreAllMocks();
    restoreEnv(this.#before.env);
    process.exit = this.#before.exit;
    globalThis.console = this.#before.console;
    Error.stackTraceLimit = this.#before.stackTraceLimit;
  }
}

function restoreEnv(before) {
  for (const name of Object.keys(process.env)) if (!Object.hasOwn(before, name)) delete process.env[name];
  Object.assign(process.env, before);
}
