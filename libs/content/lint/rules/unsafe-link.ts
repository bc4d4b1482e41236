import { isUnsafeAddress } from '../../prepare/index.ts';
import type { HtmlAttribute } from '../mail/index.ts';
import type { Rule } from '../rule.ts';
import { linksOf, shortened } from './links.ts';

export const unsafeLink: Rule = {
  id: 'unsafe-link',
  severity: 'error',
  about: 'Links that run code or lead nowhere but here: javascript:, data:, vbscript:, file:.',
  *check({ parts, blocks = [] }) {
    for (const { part, href } of linksOf(parts)) {
      if (isUnsafeAddress(href.value)) yield { message: messageOf(href), at: part.spot(href.start, href.end) };
    }
    for (const { slug, part } of blocks) {
      const found = linksOf([part]).find(({ href }) => isUnsafeAddress(href.value));
      if (found) yield { message: `In the block "${slug}": ${messageOf(found.href)}` };
    }
  },
};

function messageOf(href: HtmlAttribute): string {
  return `The link "${shortened(href)}" is blocked by mail clients, and mails with such links by spam filters. Link to an https address.`;
}
