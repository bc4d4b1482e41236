import type { Rule } from '../rule.ts';
import { picturesOf, shortened } from './links.ts';

export const insecureImage: Rule = {
  id: 'insecure-image',
  severity: 'warning',
  about: 'Images with http: mail clients leave them out or warn.',
  *check({ parts }) {
    for (const { part, tag } of picturesOf(parts)) {
      const src = tag.attributes.get('src');
      const [scheme = ''] = /^\s*http(?=:\/\/)/i.exec(src?.value ?? '') ?? [];
      if (!src || scheme === '') continue;
      const end = src.start + scheme.length;
      yield {
        message: `The image "${shortened(src)}" is not encrypted, and often not shown: write https.`,
        at: part.spot(src.start, src.end),
        fix: { title: 'Write https', edits: [{ ...part.spot(end, end), text: 's' }] },
      };
    }
  },
};
