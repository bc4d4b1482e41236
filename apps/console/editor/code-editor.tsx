import { setDiagnostics } from '@codemirror/lint';
import { Annotation, Compartment, EditorState } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react';
import { extensionsFor, type EditorKind } from './extensions.ts';
import type { KnownToken } from './known-token.ts';
import { diagnosticOf, type Mark } from './marks.ts';
import style from './code-editor.module.css';

export interface EditorHandle {
  /** Puts the cursor at a place and scrolls there; both count from 1. */
  goTo: (line: number, column: number) => void;
}

interface Props {
  ref?: Ref<EditorHandle>;
  kind: EditorKind;
  label: string;
  value: string;
  onChange: (value: string) => void;
  marks: readonly Mark[];
  known: readonly KnownToken[];
  readOnly?: boolean;
}

/** Marks a change that came from outside, so that it is not reported back. */
const fromOutside = Annotation.define<true>();

export function CodeEditor({ ref, kind, label, value, onChange, marks, known, readOnly = false }: Props) {
  const place = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const writable = useRef(new Compartment());
  const latest = useRef({ value, onChange, known });
  useEffect(() => {
    latest.current = { value, onChange, known };
  });

  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const made = new EditorView({
      parent,
      doc: latest.current.value,
      extensions: [
        extensionsFor(kind, () => latest.current.known),
        writable.current.of([]),
        EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
        EditorView.updateListener.of(({ docChanged, transactions, state }) => {
          const typed = !transactions.some((transaction) => transaction.annotation(fromOutside));
          if (docChanged && typed) latest.current.onChange(state.doc.toString());
        }),
      ],
    });
    view.current = made;
    return () => made.destroy();
  }, [kind, label]);

  useEffect(() => {
    // Whoever only reads reaches it by keyboard, too, to move through it.
    const reachable = EditorView.contentAttributes.of({ tabindex: '0' });
    const extension = readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false), reachable] : [];
    view.current?.dispatch({ effects: writable.current.reconfigure(extension) });
  }, [readOnly, kind, label]);

  useEffect(() => {
    const now = view.current;
    if (!now || now.state.doc.toString() === value) return;
    now.dispatch({ changes: { from: 0, to: now.state.doc.length, insert: value }, annotations: fromOutside.of(true) });
  }, [value]);

  useEffect(() => {
    const now = view.current;
    if (now)
      now.dispatch(
        setDiagnostics(
          now.state,
          marks.map((mark) => diagnosticOf(mark, now.state.doc)),
        ),
      );
  }, [marks, kind, label]);

  useImperativeHandle(ref, () => ({
    goTo(line, column) {
      const now = view.current;
      if (!now) return;
      const { from } = diagnosticOf({ severity: 'hint', message: '', line, column }, now.state.doc);
      now.dispatch({ selection: { anchor: from }, effects: EditorView.scrollIntoView(from, { y: 'center' }) });
      now.focus();
    },
  }));

  return <div ref={place} className={`${style.editor} ${style[kind]}`} />;
}
