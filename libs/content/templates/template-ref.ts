import { Param, type PipeTransform } from '@nestjs/common';
import { MillraceError } from '@millrace/sdk';

/** Slugs are told from ids (`tpl_…`) by their letters. */
export const slugPattern = /^[a-z0-9][a-z0-9-]{0,62}$/;
export const refPattern = /^(tpl_[0-9A-Z]{26}|[a-z0-9][a-z0-9-]{0,62})$/;

class ReadRef implements PipeTransform<unknown, string> {
  transform(ref: unknown): string {
    if (typeof ref === 'string' && refPattern.test(ref)) return ref;
    throw new MillraceError(
      'bad_request',
      'A template is named by its id (tpl_…) or its slug: lower case letters, digits and hyphens, at most 63. Correct the path.',
    );
  }
}

/** An id or a slug in the path. */
export const TemplateRef = () => Param('id', new ReadRef());
