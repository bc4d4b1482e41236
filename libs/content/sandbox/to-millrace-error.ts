import { MillraceError } from '@millrace/sdk';
import type { SandboxFault } from './protocol.ts';

const partNames = new Map([
  ['source', 'the template'],
  ['subject', 'the subject'],
  ['preheader', 'the preheader'],
  ['text', 'the plain text'],
  ['fromName', "the sender's name"],
  ['replyTo', 'the reply address'],
]);

/** With the place in the message for people, and in the details for programs. */
export function toMillraceError({ code, message, part, place }: SandboxFault): MillraceError {
  const name = part === undefined ? undefined : (partNames.get(part) ?? part);
  const where = place && `line ${place.line}, column ${place.column}`;
  const inPart = name === undefined ? where : where ? `${name}, ${where}` : name;
  return new MillraceError(code, inPart === undefined ? message : `In ${inPart}: ${message}`, {
    details: { ...(part !== undefined && { part }), ...(place && { line: place.line, column: place.column }) },
  });
}
