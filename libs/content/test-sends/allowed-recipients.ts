import { Injectable } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { Settings } from '#platform';

/** Whom test mails may go to: nobody unless MILLRACE_TEST_RECIPIENTS says so. */
@Injectable()
export class AllowedRecipients {
  readonly addresses: readonly string[];
  /** Every address of these domains. */
  readonly domains: readonly string[];

  constructor(settings: Settings) {
    const entries = settings.testRecipients.map((entry) => entry.toLowerCase());
    this.domains = entries.filter((entry) => entry.startsWith('@')).map((entry) => entry.slice(1));
    this.addresses = entries.filter((entry) => !entry.startsWith('@'));
  }

  /** Throws `recipient_not_allowed`. */
  require(address: string): void {
    const lower = address.toLowerCase();
    const domain = lower.slice(lower.lastIndexOf('@') + 1);
    if (this.addresses.includes(lower) || this.domains.includes(domain)) return;
    const nobody = this.addresses.length === 0 && this.domains.length === 0;
    const who = nobody ? 'Test mails may go to nobody yet' : `Test mails may not go to ${address.slice(0, 254)}`;
    throw new MillraceError(
      'recipient_not_allowed',
      `${who}: whoever runs Millrace lists addresses and domains in the setting MILLRACE_TEST_RECIPIENTS, such as "${domain ? `@${domain}` : '@example.com'}".`,
    );
  }
}
