import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

const pattern = /^[a-z0-9][a-z0-9-]{0,62}$/;

class ReadSlug implements PipeTransform<unknown, string> {
  transform(slug: unknown): string {
    if (typeof slug === 'string' && pattern.test(slug)) return slug;
    throw new MillraceError('bad_request', 'A slug is lower case letters, digits and hyphens, at most 63.');
  }
}

/** The trigger's slug in the path. */
export const TriggerSlug = () => Param('id', new ReadSlug());
