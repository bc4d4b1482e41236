import { snippet, type Completion, type CompletionContext, type CompletionResult } from '@codemirror/autocomplete';
import type { KnownToken } from './known-token.ts';

/** An open tag up to the cursor: what is before the word that is being written, and that word. */
const openTag = /\{\{\{?[~#^/&]?(?<before>(?:[^}]*[\s(|=])?)(?<word>[\w.@$]*)$/;

/** Proposes tokens and helpers inside of `{{ … }}`; outside of tags it has nothing to say. */
export function completeTokens(known: () => readonly KnownToken[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const line = context.state.doc.lineAt(context.pos);
    const before = line.text.slice(0, context.pos - line.from);
    const { before: earlier = '', word = '' } = openTag.exec(before.slice(before.lastIndexOf('{{')))?.groups ?? {};
    if (!before.includes('{{') || before.lastIndexOf('}}') > before.lastIndexOf('{{')) return null;
    const opensBlock = /\{\{#\w*$/.test(before);
    const beginsTag = earlier === '' || /\($/.test(earlier);
    const options = known().flatMap((token) => {
      if (opensBlock) return token.kind === 'block' ? [optionOf(token)] : [];
      if (token.kind === 'helper') return beginsTag ? [optionOf(token)] : [];
      if (token.kind === 'block') return [];
      return beginsTag && /\{\{$/.test(before.slice(0, before.length - word.length))
        ? [optionOf(token), withFallback(token)]
        : [optionOf(token)];
    });
    return { from: context.pos - word.length, options, validFor: /^[\w.@$]*$/ };
  };
}

function optionOf({ name, kind, detail, info, filled }: KnownToken): Completion {
  return {
    label: name,
    type: kind === 'token' ? 'variable' : kind === 'helper' ? 'function' : 'keyword',
    detail: filled === undefined ? detail : `${percent(filled)} have it`,
    info,
    boost: kind === 'token' ? 2 : 0,
  };
}

/** The same token in a helper that says something where the value is missing. */
function withFallback({ name, filled }: KnownToken): Completion {
  return {
    label: name,
    displayLabel: `${name}, or else …`,
    type: 'variable',
    detail: filled === undefined ? 'with a fallback' : `for the other ${percent(1 - filled)}`,
    boost: 1,
    apply: snippet(`defaultIfEmpty ${name} "\${there}"`),
  };
}

/** Never 100 % where somebody lacks it, never 0 % where somebody has it. */
function percent(share: number): string {
  const rounded = Math.round(share * 100);
  return `${share > 0 && share < 1 ? Math.min(Math.max(rounded, 1), 99) : rounded} %`;
}
