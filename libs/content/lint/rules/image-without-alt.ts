import type { Rule } from '../rule.ts';
import { picturesOf } from './links.ts';

export const imageWithoutAlt: Rule = {
  id: 'image-without-alt',
  severity: 'warning',
  about: 'Images that say nothing where images are off, and to who cannot see them.',
  *check({ parts }) {
    for (const { part, tag } of picturesOf(parts)) {
      if (tag.attributes.has('alt')) continue;
      yield {
        message: 'The image has no alternative text: write alt="what it shows", or alt="" if it only decorates.',
        at: part.spot(tag.start, tag.end),
        fix: { title: 'Add alt=""', edits: [{ ...part.spot(tag.nameEnd, tag.nameEnd), text: ' alt=""' }] },
      };
    }
  },
};
