import { useImperativeHandle, useRef, useState, type Ref } from 'react';
import type { Fix, MailPart } from '../api/index.ts';
import type { Draft } from '../drafts/index.ts';
import { CodeEditor, type EditorHandle, type KnownToken, type Mark } from '../editor/index.ts';
import { Tabs } from '../ui/index.ts';
import { applyFix } from './apply-fix.ts';
import type { Finding } from './findings.ts';
import { FindingsList } from './findings-list.tsx';
import { TemplateSettings } from './template-settings.tsx';
import type { LookingState } from './use-lint.ts';
import style from './write-pane.module.css';

export interface WriteHandle {
  goTo: (part: MailPart, line: number, column: number) => void;
}

interface Props {
  ref?: Ref<WriteHandle>;
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  findings: readonly Finding[];
  looking: LookingState;
  known: readonly KnownToken[];
  readOnly: boolean;
}

const lines = [
  { part: 'subject', label: 'Subject' },
  { part: 'preheader', label: 'Preheader' },
  { part: 'fromName', label: 'From' },
  { part: 'replyTo', label: 'Answers to' },
] as const;
const documents = (format: Draft['format']) =>
  [
    { part: 'source', label: format === 'mjml' ? 'MJML' : 'HTML', kind: 'html' },
    { part: 'text', label: 'Plain text', kind: 'text' },
  ] as const;

export function WritePane({ ref, draft, onChange, findings, looking, known, readOnly }: Props) {
  const editors = useRef(new Map<MailPart, EditorHandle>());
  const [tab, setTab] = useState<'source' | 'text'>('source');
  const goTo: WriteHandle['goTo'] = (part, line, column) => {
    if (part === 'source' || part === 'text') setTab(part);
    requestAnimationFrame(() => editors.current.get(part)?.goTo(line, column)); // once its tab is there
  };
  useImperativeHandle(ref, () => ({ goTo }));

  /** The button goes with what it mended: whoever has no mouse goes on where that was. */
  const mend = (fix: Fix) => {
    const changed = applyFix(draft, fix);
    onChange(changed);
    const [first] = fix.edits;
    if (!first) return;
    const above = (changed[first.part] ?? '').slice(0, first.start).split('\n');
    goTo(first.part, above.length, (above.at(-1)?.length ?? 0) + 1);
  };

  const editor = (part: MailPart, label: string, kind: 'html' | 'text' | 'line') => (
    <CodeEditor
      ref={(handle) => {
        if (handle) editors.current.set(part, handle);
        else editors.current.delete(part);
      }}
      kind={kind}
      label={label}
      value={draft[part]}
      onChange={(value) => onChange({ [part]: value })}
      marks={marksIn(part, findings)}
      known={known}
      readOnly={readOnly}
    />
  );

  return (
    <section className={style.write} aria-label="Template">
      <TemplateSettings draft={draft} onChange={onChange} readOnly={readOnly} />
      {lines.map(({ part, label }) => (
        <div key={part} className={style.line}>
          <span aria-hidden="true">{label}</span>
          {editor(part, label, 'line')}
        </div>
      ))}
      <Tabs
        label="Bodies of the mail"
        chosen={tab}
        onChoose={setTab}
        tabs={documents(draft.format).map(({ part, label, kind }) => ({
          name: part,
          title: label,
          content: (
            <>
              {part === 'text' && draft.text === '' && (
                <p className={style.note}>Left empty, it is made from the HTML.</p>
              )}
              {editor(part, label, kind)}
            </>
          ),
        }))}
      />
      {!readOnly && <FindingsList findings={findings} looking={looking} onGoTo={goTo} onFix={mend} />}
    </section>
  );
}

function marksIn(part: MailPart, findings: readonly Finding[]): Mark[] {
  return findings.flatMap(({ part: of = 'source', block, line, column = 1, endLine, endColumn, severity, message }) =>
    of === part && block === undefined && line !== undefined
      ? [{ severity, message, line, column, endLine, endColumn }]
      : [],
  );
}
