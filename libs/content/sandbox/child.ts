// Runs untrusted templates in a process of its own. Of secrets it holds only what hmacSHA256 signs with, has a memory limit, and is killed at its deadline.
import { TemplateFault } from '../guard/index.ts';
import { Engine } from './engine.ts';
import { PartFault } from './part-fault.ts';
import { perform } from './perform.ts';
import { PlainText } from './plain-text.ts';
import type { SandboxFault, SandboxReply } from './protocol.ts';
import { requestsIn } from './request-text.ts';

const { HMAC_SECRET: hmacSecret } = process.env;
delete process.env.HMAC_SECRET;
const send = (reply: SandboxReply): unknown => process.send?.(reply);
let present = 0;
const engine = new Engine(hmacSecret === undefined ? {} : { hmacSecret }, (compiling) =>
  send({ id: present, compiling }),
);
const tools = { engine, plainText: new PlainText() };
/** Resolves when the reply has left: a row that hangs must not hold back those before it. */
const sent = (reply: SandboxReply): Promise<void> => new Promise((resolve) => process.send?.(reply, () => resolve()));

process.on('disconnect', () => process.exit(0)); // the parent is gone, killed or not
send({ ready: true });
setImmediate(() => void tools.plainText.load().catch(() => undefined)); // the first mail need not wait for it; a failure shows there

for await (const { id, task } of requestsIn(process.stdin)) {
  present = id;
  try {
    send({ id, result: await perform(tools, task, (piece) => sent({ id, piece })) });
  } catch (thrown) {
    send({ id, fault: faultOf(thrown) });
  }
}

function faultOf(thrown: unknown): SandboxFault {
  if (thrown instanceof PartFault) return thrown.fault;
  if (thrown instanceof TemplateFault) return { code: thrown.code, message: thrown.message };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'template_failed', message: `The template could not be rendered: ${message.slice(0, 200)}.` };
}
