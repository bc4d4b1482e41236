import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

/** Slugs are told from ids (`src_…`) by their letters. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
const refPattern = /^(src_[0-9A-Z]{26}|[a-z0-9][a-z0-9-]{0,62})$/;

class ReadRef implements PipeTransform<unknown, string> {
  transform(ref: unknown): string {
    if (typeof ref === 'string' && refPattern.test(ref)) return ref;
    throw new MillraceError(
      'bad_request',
      'A source is named by its id (src_…) or its slug: lower case letters, digits and hyphens, at most 63. Correct the path.',
    );
  }
}

/** An id or a slug in the path. */
export const SourceRef = () => Param('id', new ReadRef());

/** A filter that finds it. */
export function sourceNamed(ref: string): { _id: string } | { slug: string } {
  return ref.startsWith('src_') ? { _id: ref } : { slug: ref };
}
