// Runs untrusted templates in a process of its own. Of secrets it holds only what hmacSHA256 signs with, has a memory limit, and is killed at its deadline.
import { TemplateFault } from '../guard/index.ts';
import { Engine } from './engine.ts';
import { PartFault } from './part-fault.ts';
import { perform } from './perform.ts';
import { PlainText } from './plain-text.ts';
import type { SandboxFault, SandboxReply, SandboxRequest } from './protocol.ts';

const { HMAC_SECRET: hmacSecret } = process.env;
delete process.env.HMAC_SECRET;
const tools = { engine: new Engine(hmacSecret === undefined ? {} : { hmacSecret }), plainText: new PlainText() };
const send = (reply: SandboxReply): unknown => process.send?.(reply);
/** Resolves when the reply has left: a row that hangs must not hold back those before it. */
const sent = (reply: SandboxReply): Promise<void> => new Promise((resolve) => process.send?.(reply, () => resolve()));

process.on('disconnect', () => process.exit(0)); // the parent is gone, killed or not
process.on('message', ({ id, task }: SandboxRequest) => {
  perform(tools, task, (row) => sent({ id, row })).then(
    (result) => send({ id, result }),
    (thrown: unknown) => send({ id, fault: faultOf(thrown) }),
  );
});
send({ ready: true });
setImmediate(() => void tools.plainText.load().catch(() => undefined)); // the first mail need not wait for it; a failure shows there

function faultOf(thrown: unknown): SandboxFault {
  if (thrown instanceof PartFault) return thrown.fault;
  if (thrown instanceof TemplateFault) return { code: thrown.code, message: thrown.message };
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  return { code: 'template_failed', message: `The template could not be rendered: ${message.slice(0, 200)}.` };
}
