import { spawn } from 'node:child_process';
import { constants } from 'node:os';

/** Runs a program in our place: it has our terminal and gets our signals. Resolves with its exit code, as a shell would count it. */
export function runToEnd(program, args) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: 'inherit' });
    const forward = (signal) => child.kill(signal);
    // On Ctrl-C the terminal tells every process itself; twice would be "at once" to a program that ends gracefully.
    const interrupt = () => process.stdin.isTTY || child.kill('SIGINT');
    const listeners = { SIGINT: interrupt, SIGTERM: forward, SIGHUP: forward };
    for (const [signal, listener] of Object.entries(listeners)) process.on(signal, listener);
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      for (const [name, listener] of Object.entries(listeners)) process.off(name, listener);
      resolve(code ?? 128 + constants.signals[signal]);
    });
  });
}
