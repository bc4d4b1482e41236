// Runs one server and ends it when the process that asked for it is gone, however it went: the IPC channel closes even on SIGKILL.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';
import { setImmediate } from 'node:timers/promises';

// Gone before this file was read: nobody would hear of its end any more. What has come meanwhile is read first.
await setImmediate();
if (!process.connected) process.exit(0);

const graceMs = 10_000;
const [stopSignal, command, ...args] = process.argv.slice(2);
const server = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });

function stop() {
  server.kill(stopSignal);
  setTimeout(() => server.kill('SIGKILL'), graceMs).unref();
}

server.once('spawn', () => process.connected && process.send({ serverPid: server.pid }));
server.once('error', (error) => {
  console.error(`cannot run ${command}: ${error.message}`);
  process.exit(127);
});
server.once('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
process.once('disconnect', stop);
process.once('SIGTERM', stop);
process.on('SIGINT', () => undefined); // Ctrl-C is for the parent, which stops its servers after its own work
