import type { Socket } from 'node:net';
import type { SendMailOptions } from 'nodemailer';
import { redactText } from '../log/index.ts';
import type { Network } from '../network/index.ts';
import { connectedSocket } from './connected-socket.ts';
import { mailError } from './mail-error.ts';
import { parseMailServer } from './mail-server.ts';
import { PartlyRefused } from './partly-refused.ts';

/** A mail server, and how it is reached. */
export interface MailRoute {
  /** `smtp://user:password@host:587` or `smtps://…`. */
  url: string;
  network: Network;
  /** What to do when it does not take a mail: a sentence. */
  advice: string;
  /** Milliseconds that sending may take (default 15,000). */
  patience?: number;
}

const usualPatience = 15_000;

/**
 * Hands one mail to a server; what the server said. Nothing of the mail makes it read files or addresses.
 * @throws PartlyRefused where it went to some of its recipients only
 * @throws MillraceError `invalid_config`, `unreachable`, `timeout`, `address_not_allowed`, `authentication_failed`, `remote_rejected`, `remote_error`
 */
export async function sendMail(
  { url, network, advice, patience = usualPatience }: MailRoute,
  mail: SendMailOptions,
): Promise<string> {
  const server = parseMailServer(url);
  const { createTransport } = await import('nodemailer');
  let socket: Socket | undefined;
  let late = false;
  const deadline = setTimeout(() => {
    late = true;
    socket?.destroy();
  }, patience);
  const transport = createTransport({
    ...server,
    getSocket: (_: unknown, done: (error: Error | null, options?: object) => void): void => {
      connectedSocket(network, server, patience).then(
        (connection) => done(null, { connection: (socket = connection) }),
        done,
      );
    },
  });
  try {
    const sent = await transport.sendMail({ ...mail, disableFileAccess: true, disableUrlAccess: true });
    const { response, rejected, rejectedErrors: [refusal] = [] } = sent;
    if (refusal) throw new PartlyRefused(rejected.map(String), mailError(refusal, server.host, advice));
    return `${server.host} answered ${redactText(response).slice(0, 200)}`;
  } catch (error) {
    const silent = Object.assign(new Error(`no answer within ${patience / 1000} s`), { code: 'ETIMEDOUT' });
    throw mailError(late ? silent : error, server.host, advice);
  } finally {
    clearTimeout(deadline);
    transport.close();
  }
}
