import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { SMTPServer, type SMTPServerEnvelope } from 'smtp-server';

export interface ReceivedMail {
  from: string;
  to: string[];
  user?: string;
  /** What was sent, a letter a byte. */
  source: string;
}

export interface MailReceiver {
  /** With the credentials that it wants. */
  url: string;
  received: ReceivedMail[];
  close(): Promise<void>;
}

/** A mail server that keeps what it is sent; it knows everybody but nobody@example.com, and somebody it cannot take mail for just now is later@. */
export async function startMailReceiver({ user, password }: { user: string; password: string }): Promise<MailReceiver> {
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS'],
    allowInsecureAuth: true,
    onAuth: ({ username, password: given }, _, done) =>
      username === user && given === password ? done(null, { user }) : done(new Error('Wrong user or password')),
    onRcptTo: ({ address }, _, done) => done(refusalOf(address)),
    onData(stream, { envelope, user: by }: { envelope: SMTPServerEnvelope; user?: unknown }, done) {
      void buffer(stream).then((bytes) => {
        const from = envelope.mailFrom ? envelope.mailFrom.address : '';
        receiver.received.push({
          from,
          to: envelope.rcptTo.map(({ address }) => address),
          user: typeof by === 'string' ? by : undefined,
          source: bytes.toString('latin1'),
        });
        done();
      });
    },
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.server.address() as AddressInfo;
  const receiver: MailReceiver = {
    url: `smtp://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}`,
    received: [],
    close: () => new Promise((resolve) => server.close(resolve)),
  };
  return receiver;
}

function refusalOf(address: string): Error | null {
  if (address.startsWith('nobody@')) return Object.assign(new Error(`No such user ${address}`), { responseCode: 550 });
  if (address.startsWith('later@')) return Object.assign(new Error('Try again later'), { responseCode: 451 });
  return null;
}
