import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { noSuchConnection } from '../no-such-connection.ts';
import { slugPattern } from './connection.dto.ts';

const idPattern = /^con_[0-9A-Z]{26}$/;

class ReadRef implements PipeTransform<unknown, string> {
  transform(ref: unknown): string {
    if (typeof ref === 'string' && (idPattern.test(ref) || slugPattern.test(ref))) return ref;
    throw noSuchConnection(String(ref).slice(0, 100));
  }
}

class ReadNewRef implements PipeTransform<unknown, string> {
  transform(ref: unknown): string {
    if (typeof ref === 'string' && (idPattern.test(ref) || slugPattern.test(ref))) return ref;
    throw new MillraceError(
      'bad_request',
      'A slug must be lower case letters, digits and hyphens, at most 63. Correct the path.',
    );
  }
}

/** An id or a slug in the path. */
export const Ref = () => Param('id', new ReadRef());

/** The same where the connection may be made by it. */
export const NewRef = () => Param('id', new ReadNewRef());
