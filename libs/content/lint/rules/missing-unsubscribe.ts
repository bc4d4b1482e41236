import { unsubscribeUrl } from '../nobody.ts';
import type { Rule } from '../rule.ts';
import { linksOf, type Link } from './links.ts';

const link = '<p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p>';
const words =
  /unsubscrib|opt-?out|preferences|abmelden|abbestell|désabonn|desabonn|darse de baja|afmelden|avregistrer/i;

function isToUnsubscribe({ part: { source }, href, tag }: Link): boolean {
  return words.test(href.value) || words.test(source.slice(tag.end, tag.end + 200).split(/<\/a\b/i)[0] ?? '');
}

export const missingUnsubscribe: Rule = {
  id: 'missing-unsubscribe',
  severity: 'warning',
  about: 'Marketing mails without a link to unsubscribe, which most countries’ law and the big mailboxes ask for.',
  *check({ parts, blocks = [], samples, purpose }) {
    const part = parts.find((one) => one.part === 'source');
    if (!part || purpose === 'transactional' || purpose === 'service') return;
    const sources = [...parts, ...blocks.map((block) => block.part)];
    if (linksOf(sources).some(isToUnsubscribe)) return;
    if (samples.some(({ mail, blank }) => blank && mail.html.includes(unsubscribeUrl))) return; // by a block's parameter
    const end = part.html.closing.get('body') ?? part.source.length;
    yield {
      message: 'There is no link to unsubscribe. Add <a href="{{unsubscribeUrl}}">Unsubscribe</a>.',
      fix: { title: 'Add the link at the end', edits: [{ ...part.spot(end, end), text: link }] },
    };
  },
};
