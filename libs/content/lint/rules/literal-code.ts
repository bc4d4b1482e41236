import { meansBraces, strayBraces } from '../../mail-text/index.ts';
import type { LintedMail } from '../mail/index.ts';
import type { Rule } from '../rule.ts';

/** What a mail says when its data went wrong. */
const accidents = /\[object Object\]|\bundefined\b|\bNaN\b/g;

export const literalCode: Rule = {
  id: 'literal-code',
  severity: 'error',
  about: 'Template code or its accidents in the mail: {{, }}, [object Object], undefined, NaN.',
  *check({ samples, parts, prepared = [], blocks = [] }) {
    const told = new Set<string>();
    for (const { whose, mail, blank } of samples) {
      for (const [part, output] of outputs(mail)) {
        const within = part === 'source' ? [sourceOf('preheader', parts)] : []; // the preheader stands in the HTML
        const written = [sourceOf(part, parts), ...within, ...blocks.map((block) => block.part.source)];
        for (const { sign, at } of signsIn(output)) {
          const isCode = sign === '{{' || sign === '}}';
          const isMeant = isCode ? meansBraces(prepared, part) : written.some((source) => source.includes(sign));
          if (told.has(sign) || isMeant) continue; // by the author
          told.add(sign);
          const shown = output.slice(Math.max(0, at - 20), at + 30).replace(/\s+/g, ' ');
          yield {
            message: `The mail ${whose} shows "${sign}": "…${shown}…". Check the tag, or the data that it prints.`,
            severity: blank || sign === '[object Object]' ? 'error' : 'warning', // else it may be in the data
          };
        }
      }
    }
  },
};

/** Without a text of its own the mail's is made of the HTML. */
function sourceOf(part: string, parts: LintedMail['parts']): string {
  const own = parts.find((one) => one.part === part);
  return own?.source ?? (part === 'text' ? sourceOf('source', parts) : '');
}

function* signsIn(output: string): Generator<{ sign: string; at: number }> {
  yield* strayBraces(output);
  for (const { 0: sign, index: at } of output.matchAll(accidents)) yield { sign, at };
}

function outputs({ subject, preheader, html, text }: LintedMail['samples'][number]['mail']): [string, string][] {
  return [
    ['subject', subject],
    ['preheader', preheader],
    ['source', html],
    ['text', text],
  ];
}
