import { MillraceError } from '@millrace/sdk';

/** The mail server took a mail for some of its recipients, but not for these. */
export class PartlyRefused extends MillraceError {
  constructor(
    readonly recipients: string[],
    { code, message, retryable }: MillraceError,
  ) {
    super(code, `${message} It took it for the other recipients; refused: ${recipients.length}.`, { retryable });
  }
}
