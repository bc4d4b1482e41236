import { html } from '@codemirror/lang-html';
import { unifiedMergeView } from '@codemirror/merge';
import { EditorState } from '@codemirror/state';
import { EditorView, lineNumbers } from '@codemirror/view';
import { useEffect, useRef } from 'react';
import { handlebars, nonce, theme } from '../editor/index.ts';
import style from './comparison.module.css';

interface Props {
  before: string;
  after: string;
  label: string;
}

/** Two texts as one, with what went and what came; long stretches without a change are folded. */
export default function Difference({ before, after, label }: Props) {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const parent = place.current;
    if (!parent) return;
    const view = new EditorView({
      parent,
      doc: after,
      extensions: [
        nonce(),
        lineNumbers(),
        html(),
        handlebars,
        theme,
        EditorView.lineWrapping,
        EditorState.readOnly.of(true),
        EditorView.editable.of(false),
        EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
        unifiedMergeView({ original: before, mergeControls: false, gutter: true, collapseUnchanged: { margin: 3 } }),
      ],
    });
    return () => view.destroy();
  }, [before, after, label]);
  return <div ref={place} className={style.difference} />;
}
