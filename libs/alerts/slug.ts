import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

/** Slugs are told from ids (`chn_…`) by their letters. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const slugMessage = 'slug must be lower case letters, digits and hyphens, at most 63';
const idPattern = /^[a-z]{3}_[0-9A-Z]{26}$/;

export function isId(ref: string): boolean {
  return idPattern.test(ref);
}

/** An id or a slug. */
export function isRef(ref: unknown): ref is string {
  return typeof ref === 'string' && (isId(ref) || slugPattern.test(ref));
}

class ReadRef implements PipeTransform<unknown, string> {
  transform(ref: unknown): string {
    if (isRef(ref)) return ref;
    throw new MillraceError(
      'bad_request',
      'The path must end with an id or a slug: lower case letters, digits and hyphens.',
    );
  }
}

/** An id or a slug in the path. */
export const Ref = () => Param('id', new ReadRef());
