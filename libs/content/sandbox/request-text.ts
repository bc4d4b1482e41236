import type { SandboxTask, SentTask } from './protocol.ts';

/** A request as it is written to the child: one line. Rows that are JSON already go into it as they are. */
export function requestText(id: number, task: SentTask): string {
  if (task.kind !== 'count') return `${JSON.stringify({ id, task })}\n`;
  const { rows, ...work } = task.work;
  return `{"id":${id},"task":{"kind":"count","work":${JSON.stringify(work).slice(0, -1)},"rows":[${rows.join()}]}}}\n`;
}

/** What a child is asked. */
export interface SandboxRequest {
  id: number;
  task: SandboxTask;
}

/** Requests in a stream of lines, whatever pieces they come in. */
export async function* requestsIn(stream: AsyncIterable<Buffer>): AsyncGenerator<SandboxRequest> {
  let pieces: Buffer[] = [];
  for await (const chunk of stream) {
    let from = 0;
    for (let end = chunk.indexOf(10); end !== -1; end = chunk.indexOf(10, from)) {
      pieces.push(chunk.subarray(from, end));
      from = end + 1;
      yield JSON.parse(Buffer.concat(pieces).toString('utf8')) as SandboxRequest;
      pieces = [];
    }
    pieces.push(chunk.subarray(from));
  }
}
