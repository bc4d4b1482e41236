import type { Agent } from 'node:http';
import { Socket } from 'node:net';

/**
 * Milliseconds that an idle connection is kept. Servers close theirs after five seconds or later, most of them, and what changes something is not
 * sent again where it meets that: a message would be told as not sent that arrives at the second try.
 */
const mostIdle = 4_000;

/** Of an agent's connections none stays idle for longer than that. */
export function limitIdleness<Pool extends Agent>(agent: Pool): Pool {
  const keep = agent.keepSocketAlive.bind(agent);
  const reuse = agent.reuseSocket.bind(agent);
  agent.keepSocketAlive = (socket) => {
    const isKept = keep(socket);
    if (socket instanceof Socket && (socket.timeout ?? 0) === 0) socket.setTimeout(mostIdle); // the agent ends it then
    return isKept;
  };
  agent.reuseSocket = (socket, request) => {
    reuse(socket, request);
    if (socket instanceof Socket) socket.setTimeout(0);
  };
  return agent;
}
