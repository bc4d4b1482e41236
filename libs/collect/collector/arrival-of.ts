import { MillraceError, type ErrorCode } from '@millrace/sdk';
import { hashText } from '#platform';
import { inboxId, type Arrival } from '../inbox/index.ts';
import { messageIdentities } from '../messages/index.ts';
import type { TrackingPlan } from '../tracking-plan/index.ts';
import type { Reading } from './reading.ts';
import type { IdentityMarks } from './identity-marks.ts';
import { mostMessageBytes } from './limits.ts';

/** Of a message that cannot be read: its place in the request, and why. */
export interface Rejection {
  index: number;
  messageId?: string;
  code: ErrorCode;
  message: string;
}

/** Of a message that is kept although it is not as the tracking plan wants it. */
export interface Warning {
  index: number;
  message: string;
}

/** What a message becomes in the inbox; one that cannot be read is kept there with the reason, and is told. */
export function arrivalOf(
  given: unknown,
  index: number,
  source: string,
  { receivedAt, read }: Reading,
  { plan, marks }: { plan: Pick<TrackingPlan, 'warningOf'>; marks: IdentityMarks },
): { arrival: Arrival; rejection?: Rejection; warning?: Warning } {
  try {
    const message = read(given, index);
    const warning = plan.warningOf(message);
    const json = JSON.stringify(message);
    if (isTooLong(json)) checkSize(given);
    const _id = inboxId(source, message.messageId);
    const arrival = { _id, source, receivedAt, json, identities: marksIn(json, message, marks) };
    return { arrival, ...(warning !== undefined && { warning: { index, message: warning } }) };
  } catch (error) {
    if (!(error instanceof MillraceError)) throw error;
    const { code, message } = error;
    const json = (JSON.stringify(given) ?? 'null').slice(0, mostMessageBytes);
    // By its content: the same message, once it is right, is no repeat of this one.
    const _id = inboxId(source, `refused ${hashText(json)}`);
    const arrival = {
      _id,
      source,
      receivedAt,
      json,
      fault: { code, message },
      identities: marksIn(json, given, marks),
    };
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

/** Marks of the identities in a message, so that erasure finds it; also of one that cannot be read. */
function marksIn(json: string, given: unknown, marks: IdentityMarks): string[] {
  const named = messageIdentities(given).filter((identity) => !identity.startsWith('email:')); // addresses are found as such
  return [...named.map((identity) => marks.of(identity)), ...marks.addressesIn(json)];
}

function messageIdIn(given: unknown): { messageId?: string } {
  const { messageId, id } = (given ?? {}) as { messageId?: unknown; id?: unknown };
  const told = messageId ?? id;
  return typeof told === 'string' ? { messageId: told.slice(0, 100) } : {};
}
