import { placeIn } from '../prepare/index.ts';
import { toMillraceError, type SandboxFault } from '../sandbox/index.ts';
import type { MillraceError } from '@millrace/sdk';
import type { MailPart } from './composed.ts';
import type { PreparedMail } from './preparer.ts';

/** A place in what people wrote. */
export interface WrittenPlace {
  part: MailPart;
  block?: string;
  line?: number;
  column?: number;
}

/** Where something of a prepared mail was written. */
export function writtenPlace(
  { parts }: PreparedMail,
  { part, place }: { part?: string; place?: { line: number; column: number } },
): WrittenPlace {
  const prepared = parts.find(({ name }) => name === part);
  const name = (part ?? 'source') as MailPart;
  if (!prepared || !place) return { part: name };
  const { block, line, column } = placeIn(prepared.places, place);
  return { part: name, ...(block !== undefined && { block }), line, column };
}

/** A fault of rendering, with the place in what people wrote. */
export function writtenError(mail: PreparedMail, fault: SandboxFault): MillraceError {
  const { block, line, column } = writtenPlace(mail, fault);
  const where = block === undefined ? '' : `In the block "${block}": `;
  const place = line === undefined || column === undefined ? undefined : { line, column };
  return toMillraceError({
    code: fault.code,
    message: where + fault.message,
    ...(fault.part !== undefined && { part: fault.part }),
    ...(place && { place }),
  });
}
