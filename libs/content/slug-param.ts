import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

/** Names that people give: in paths and in `{{> block}}`. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

class ReadSlug implements PipeTransform<unknown, string> {
  transform(slug: unknown): string {
    if (typeof slug === 'string' && slugPattern.test(slug)) return slug;
    throw new MillraceError(
      'bad_request',
      'The name in the path must be lower case letters, digits and hyphens, at most 63. Correct the path.',
    );
  }
}

/** A slug in the path. */
export const SlugParam = () => Param('slug', new ReadSlug());
