import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

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
