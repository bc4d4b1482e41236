import type { Rule } from '../rule.ts';
import { linksOf, shortened } from './links.ts';

/** White space and control characters are passed over by browsers (WHATWG URL, 4.4). */
const unsafe =
  /^[\s\u0000-\u0020]*(?:j[\s]*a[\s]*v[\s]*a[\s]*s[\s]*c[\s]*r[\s]*i[\s]*p[\s]*t|vbscript|data|file|blob)[\s]*:/i;

export const unsafeLink: Rule = {
  id: 'unsafe-link',
  severity: 'error',
  about: 'Links that run code or lead nowhere but here: javascript:, data:, vbscript:, file:.',
  *check({ parts }) {
    for (const { part, href } of linksOf(parts)) {
      if (!unsafe.test(href.value)) continue;
      yield {
        message: `The link "${shortened(href)}" is blocked by mail clients, and mails with such links by spam filters. Link to an https address.`,
        at: part.spot(href.start, href.end),
      };
    }
  },
};
