import { MillraceError, type ErrorCode } from '@millrace/sdk';
import { hashText, identityHashesIn, type Signer } from '#platform';
import { inboxId, type Arrival } from '../inbox/index.ts';
import { readMessage, type Envelope } from '../messages/index.ts';
import { mostMessageBytes } from './limits.ts';

/** Of a message that cannot be read: its place in the request, and why. */
export interface Rejection {
  index: number;
  messageId?: string;
  code: ErrorCode;
  message: string;
}

/** What a message becomes in the inbox; one that cannot be read is kept there with the reason, and is told. */
export function arrivalOf(
  given: unknown,
  index: number,
  source: string,
  envelope: Envelope,
  signer: Signer,
): { arrival: Arrival; rejection?: Rejection } {
  const { receivedAt } = envelope;
  try {
    const message = readMessage(given, envelope);
    const json = JSON.stringify(message);
    if (isTooLong(json)) checkSize(given);
    const _id = inboxId(source, message.messageId);
    return { arrival: { _id, source, receivedAt, json, ...hashesIn(json, signer) } };
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { code, message } = error;
    const json = (JSON.stringify(given) ?? 'null').slice(0, mostMessageBytes);
    // By its content: the same message, once it is right, is no repeat of this one.
    const _id = inboxId(source, `refused ${hashText(json)}`);
    const arrival = { _id, source, receivedAt, json, fault: { code, message }, ...hashesIn(json, signer) };
    return { arrival, rejection: { index, ...messageIdIn(given), code, message } };
  }
}

function isTooLong(json: string): boolean {
  return json.length > mostMessageBytes / 3 && Buffer.byteLength(json) > mostMessageBytes;
}

/** Our own times are not the sender's bytes. */
function checkSize(given: unknown): void {
  const bytes = Buffer.byteLength(JSON.stringify(given));
  if (bytes > mostMessageBytes)
    throw new MillraceError(
      'row_too_large',
      `The message has ${bytes} bytes, more than ${mostMessageBytes}. Send fewer or shorter fields.`,
    );
}

function hashesIn(json: string, signer: Signer): Pick<Arrival, 'identities'> {
  if (!json.includes('@')) return {};
  const identities = identityHashesIn(json, signer);
  return identities.length > 0 ? { identities } : {};
}

function messageIdIn(given: unknown): { messageId?: string } {
  const messageId = (given as { messageId?: unknown } | null | undefined)?.messageId;
  return typeof messageId === 'string' ? { messageId: messageId.slice(0, 100) } : {};
}
