import { MillraceError } from '@millrace/sdk';
import { Network, sendMail, type MailRoute, type Settings } from '#platform';
import type { EmailChannelConfig } from '../../channels/types/index.ts';
import type { Outgoing } from '../outgoing.ts';
import { mailText } from './mail-text.ts';

const advice = "Check the channel's settings.";

/** Sends mails: by the channel's own server, behind the guard for private addresses; or by the one that the installation names. */
export class MailSender {
  readonly #ownNetwork = new Network({ allowPrivateAddresses: true }); // the installation's own relay may well be inside

  constructor(
    private readonly network: Network,
    private readonly settings: Pick<Settings, 'smtpUrl' | 'mailFrom' | 'publicUrl'>,
  ) {}

  /** What the server said. Throws a MillraceError; `PartlyRefused` where some have got it. */
  async send(config: EmailChannelConfig, { id, notice, left }: Outgoing): Promise<string> {
    const to = left ? config.to.filter((address) => left.includes(address)) : config.to;
    if (to.length === 0) return 'Nobody is left to whom it should go.';
    const { from, route } = this.#wayOf(config);
    const domain = new URL(this.settings.publicUrl).hostname;
    return sendMail(route, {
      from,
      to,
      subject: `[Millrace] ${notice.data.title}`,
      ...mailText(notice),
      messageId: `<${id}@${domain}>`,
      references: `<${notice.data.alert}@${domain}>`,
      headers: { 'auto-submitted': 'auto-generated' },
    });
  }

  #wayOf({ smtp, from = this.settings.mailFrom }: EmailChannelConfig): { from: string; route: MailRoute } {
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
    return { from, route: { url, network: smtp === undefined ? this.#ownNetwork : this.network, advice } };
  }
}
