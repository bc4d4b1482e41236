import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';
import { decodeCursor } from '#platform';

const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

class ReadSlug implements PipeTransform<unknown, string> {
  transform(slug: unknown): string {
    if (typeof slug === 'string' && slugPattern.test(slug)) return slug;
    throw new MillraceError(
      'bad_request',
      'The path must name it by its slug: lower case letters, digits and hyphens, at most 63.',
    );
  }
}

/** The slug in the path. */
export const Slug = () => Param('id', new ReadSlug());

/** The slug at which a list goes on. Throws `bad_request`. */
export function slugAfter(after: string | undefined): string | undefined {
  const position = after === undefined ? undefined : decodeCursor(after);
  if (position === undefined || typeof position === 'string') return position;
  throw new MillraceError('bad_request', '`after` is not a cursor of this list: use the `next` of the former page.');
}
