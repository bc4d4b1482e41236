import { isUnsafeAddress } from '../../prepare/index.ts';
import type { Rule } from '../rule.ts';
import { linksOf, shortened } from './links.ts';

export const unsafeLink: Rule = {
  id: 'unsafe-link',
  severity: 'error',
  about: 'Links that run code or lead nowhere but here: javascript:, data:, vbscript:, file:.',
  *check({ parts }) {
    for (const { part, href } of linksOf(parts)) {
      if (!isUnsafeAddress(href.value)) continue;
      yield {
        message: `The link "${shortened(href)}" is blocked by mail clients, and mails with such links by spam filters. Link to an https address.`,
        at: part.spot(href.start, href.end),
      };
    }
  },
};
