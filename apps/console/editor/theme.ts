import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const look = EditorView.theme({
  '&': { height: '100%', fontSize: '13px', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.6' },
  '.cm-content': { caretColor: 'var(--ink)', padding: '10px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '1.5px' },
  '.cm-gutters': { backgroundColor: 'transparent', color: 'var(--soft)', border: '0' },
  '.cm-lineNumbers .cm-gutterElement': { paddingLeft: '12px', minWidth: '34px' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in oklab, var(--sunken) 45%, transparent)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    backgroundColor: 'color-mix(in oklab, var(--accent) 26%, transparent) !important',
  },
  '.cm-panels': { backgroundColor: 'var(--sunken)', color: 'var(--ink)', borderColor: 'var(--line)' },
  '.cm-tooltip': {
    backgroundColor: 'var(--surface)',
    color: 'var(--ink)',
    border: '1px solid var(--line)',
    borderRadius: '8px',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono) !important', maxHeight: '18em !important' },
  '.cm-tooltip-autocomplete > ul > li': { padding: '3px 10px !important' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    backgroundColor: 'var(--accent) !important',
    color: 'var(--on-accent) !important',
  },
  '.cm-completionDetail': { fontFamily: 'var(--sans)', fontStyle: 'normal', marginLeft: '12px' },
  '.cm-completionInfo': { fontFamily: 'var(--sans)', padding: '8px 12px', maxWidth: '320px' },
  '.cm-diagnostic': { padding: '6px 10px', fontFamily: 'var(--sans)', maxWidth: '420px', borderLeftWidth: '3px' },
  '.cm-diagnostic-error': { borderLeftColor: 'var(--missing)' },
  '.cm-diagnostic-warning': { borderLeftColor: 'var(--fallback)' },
  '.cm-diagnostic-hint': { borderLeftColor: 'var(--accent)' },
  '.cm-lintRange': {
    backgroundImage: 'none !important',
    textDecoration: 'underline wavy 1.2px',
    textUnderlineOffset: '3px',
  },
  '.cm-lintRange-error': { textDecorationColor: 'var(--missing)', backgroundColor: 'var(--missing-soft)' },
  '.cm-lintRange-warning': { textDecorationColor: 'var(--fallback)', backgroundColor: 'var(--fallback-soft)' },
  '.cm-lintRange-hint': { textDecorationColor: 'var(--accent)' },
  '.cm-hbs-brace': { color: 'var(--soft)' },
  '.cm-hbs-keyword': { color: 'var(--accent)', fontWeight: '500' },
  '.cm-hbs-path': {
    color: 'var(--ink)',
    fontWeight: '500',
    backgroundColor: 'var(--accent-soft)',
    borderRadius: '3px',
  },
  '.cm-hbs-helper': { color: 'var(--accent)' },
  '.cm-hbs-text': { color: 'var(--fine)' },
  '.cm-hbs-number': { color: 'var(--fallback)' },
  '.cm-hbs-argument': { color: 'var(--soft)' },
  '.cm-hbs-comment, .cm-hbs-comment *': { color: 'var(--soft) !important', fontStyle: 'italic' },
});

/** HTML steps back, so that what is filled in stands out. */
const html = HighlightStyle.define([
  { tag: [tags.tagName, tags.angleBracket], color: 'var(--soft)' },
  { tag: tags.attributeName, color: 'var(--soft)' },
  { tag: tags.attributeValue, color: 'color-mix(in oklab, var(--ink) 78%, var(--accent))' },
  { tag: [tags.comment, tags.documentMeta], color: 'var(--soft)', fontStyle: 'italic' },
  { tag: [tags.keyword, tags.propertyName], color: 'var(--soft)' },
  { tag: [tags.string, tags.number, tags.color], color: 'color-mix(in oklab, var(--ink) 78%, var(--accent))' },
]);

export const theme: Extension = [look, syntaxHighlighting(html)];
