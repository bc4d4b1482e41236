const { pathToFileURL } = require('node:url');
const Runtime = require('jest-runtime').default;

/**
 * Node loads specs and all that they import, once a worker. Jest's own loader does it anew for each spec, which is most of what
 * specs cost where each needs Nest, Mongoose and a thousand modules of ours.
 */
module.exports = class NodeRuntime extends Runtime {
  async unstable_importModule(path) {
    await import('./register.mjs');
    globalThis[Symbol.for('millrace.jest')] = this.requireModuleOrMock(path, '@jest/globals');
    return import(pathToFileURL(path).href);
  }

  unstable_shouldLoadAsEsm() {
    return true;
  }

  /** The framework, which keeps what it has heard of tests: each spec has one of its own. */
  requireInternalModule(path) {
    delete globalThis[Symbol.for('EVENT_HANDLERS')];
    delete require.cache[path];
    return require(path);
  }
};
