import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands';
import { css } from '@codemirror/lang-css';
import { autoCloseTags, htmlLanguage } from '@codemirror/lang-html';
import { bracketMatching, foldKeymap, indentOnInput, LanguageSupport } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState, type Extension } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { completeHtml } from './complete-html.ts';
import { completeTokens } from './complete-tokens.ts';
import { handlebars } from './handlebars.ts';
import type { KnownToken } from './known-token.ts';
import { nonce } from './nonce.ts';
import { theme } from './theme.ts';

/** `html` and `text` are documents; a `line` has no second one. */
export type EditorKind = 'html' | 'text' | 'line';

/** Makes an editor of a kind. The Tab key leaves it, so that nobody is trapped. */
export function extensionsFor(kind: EditorKind, known: () => readonly KnownToken[]): Extension {
  const complete = completeTokens(known);
  return [
    nonce(),
    history(),
    drawSelection(),
    closeBrackets(),
    bracketMatching(),
    handlebars,
    theme,
    keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...completionKeymap, ...lintKeymap]),
    kind === 'html'
      ? [htmlOfMails, htmlLanguage.data.of({ autocomplete: complete }), autocompletion()]
      : autocompletion({ override: [complete] }),
    kind === 'line' ? oneLine : manyLines,
    kind === 'html' ? [] : ownDirections,
  ];
}

/** Mails have styles, and no scripts. */
const htmlOfMails = new LanguageSupport(htmlLanguage, [
  htmlLanguage.data.of({ autocomplete: completeHtml }),
  autoCloseTags,
  css().support,
]);

const manyLines: Extension = [
  lineNumbers(),
  highlightActiveLine(),
  highlightSelectionMatches(),
  indentOnInput(),
  EditorView.lineWrapping,
  keymap.of([...searchKeymap, ...foldKeymap]),
];

/** Each line goes where its letters go; lines of code all go one way. */
const ownDirections: Extension = [
  EditorView.perLineTextDirection.of(true),
  EditorView.theme({ '.cm-line': { unicodeBidi: 'plaintext' } }),
];

const oneLine: Extension = [
  EditorView.clipboardInputFilter.of((text) => text.replace(/\s*\n\s*/g, ' ')),
  EditorState.transactionFilter.of((transaction) => (transaction.newDoc.lines > 1 ? [] : transaction)),
  EditorView.theme({
    '.cm-content': { padding: '6px 0' },
    '.cm-scroller': { overflowX: 'auto', scrollbarWidth: 'none' },
  }),
];
