import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const idleMs = 2_000;

let current;

/** The code of a TypeScript file, which is in the cache then. Throws what the compiler says. */
export function compile(path, source) {
  current ??= new Compiler(() => (current = undefined));
  return current.compile(path, source);
}

/** A process that compiles, and ends when nothing was asked of it for a while. */
class Compiler {
  #waiting = new Map();
  #process = fork(fileURLToPath(new URL('compiler.mjs', import.meta.url)), { execArgv: [] });
  #end;

  constructor(retired) {
    this.#process.unref();
    this.#process.on('message', ({ path, code, error }) => {
      const { resolve, reject } = this.#waiting.get(path);
      this.#waiting.delete(path);
      if (error === undefined) resolve(code);
      else reject(new Error(error));
      if (this.#waiting.size > 0) return;
      this.#process.channel.unref();
      this.#end = setTimeout(() => {
        retired();
        this.#process.disconnect();
      }, idleMs).unref();
    });
    this.#process.once('disconnect', () => {
      if (this.#waiting.size === 0) return;
      retired();
      for (const { reject } of this.#waiting.values()) reject(new Error('The TypeScript compiler ended.'));
    });
  }

  compile(path, source) {
    clearTimeout(this.#end);
    this.#process.channel.ref(); // whoever waits for code must not end before it comes
    return new Promise((resolve, reject) => {
      this.#waiting.set(path, { resolve, reject });
      this.#process.send({ path, source });
    });
  }
}
