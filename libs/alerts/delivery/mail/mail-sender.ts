import type { Socket } from 'node:net';
import { MillraceError } from '@millrace/sdk';
import { Network, redactText, type Settings } from '#platform';
import type { EmailChannelConfig } from '../../channels/types/index.ts';
import { sendingTime, type Outgoing } from '../outgoing.ts';
import { connectedSocket } from './connected-socket.ts';
import { mailError } from './mail-error.ts';
import { parseMailServer } from './mail-server.ts';
import { mailText } from './mail-text.ts';

/** Sends mails: by the channel's own server, behind the guard for private addresses; or by the one that the installation names. */
export class MailSender {
  readonly #ownNetwork = new Network({ allowPrivateAddresses: true }); // the installation's own relay may well be inside

  constructor(
    private readonly network: Network,
    private readonly settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'publicUrl'>,
  ) {}

  /** What the server said. Throws a MillraceError. */
  async send(config: EmailChannelConfig, { id, notice }: Outgoing): Promise<string> {
    const { from, url, network } = this.#wayOf(config);
    const server = parseMailServer(url);
    const { createTransport } = await import('nodemailer');
    let socket: Socket | undefined;
    const deadline = setTimeout(() => socket?.destroy(), sendingTime);
    const transport = createTransport({
      ...server,
      getSocket: (_: unknown, done: (error: Error | null, options?: object) => void): void => {
        connectedSocket(network, server, sendingTime).then(
          (connection) => done(null, { connection: (socket = connection) }),
          done,
        );
      },
    });
    try {
      const domain = new URL(this.settings.publicUrl).hostname;
      const thread = `<${notice.data.alert}@${domain}>`;
      const { response } = await transport.sendMail({
        from,
        to: config.to,
        subject: `[Millrace] ${notice.data.title}`,
        ...mailText(notice),
        messageId: `<${id}@${domain}>`,
        references: thread,
        headers: { 'auto-submitted': 'auto-generated' },
        disableFileAccess: true,
        disableUrlAccess: true,
      });
      return `${server.host} answered ${redactText(response).slice(0, 200)}`;
    } catch (error) {
      throw mailError(error, server.host);
    } finally {
      clearTimeout(deadline);
      transport.close();
    }
  }

  #wayOf({ smtp, from = this.settings.mailFrom }: EmailChannelConfig): { from: string; url: string; network: Network } {
    const url = smtp ?? this.settings.smtpUrl;
    if (url === undefined)
      throw new MillraceError(
        'invalid_config',
        'No mail server is known: give the channel `smtp`, or set MILLRACE_SMTP_URL.',
      );
    if (from === undefined)
      throw new MillraceError(
        'invalid_config',
        'No sender is known: give the channel `from`, or set MILLRACE_MAIL_FROM.',
      );
    return { from, url, network: smtp === undefined ? this.#ownNetwork : this.network };
  }
}
