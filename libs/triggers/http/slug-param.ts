import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const slugMessage = 'A slug is lower case letters, digits and hyphens, at most 63.';

class ReadSlug implements PipeTransform<unknown, string> {
  transform(slug: unknown): string {
    if (typeof slug === 'string' && slugPattern.test(slug)) return slug;
    throw new MillraceError('bad_request', slugMessage);
  }
}

/** The trigger's slug in the path. */
export const TriggerSlug = () => Param('id', new ReadSlug());
