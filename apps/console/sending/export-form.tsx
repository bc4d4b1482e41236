import { useId, useState } from 'react';
import type { Template } from '../api/index.ts';
import { useGuardWhile } from '../drafts/index.ts';
import { AudienceSelect } from '../people/index.ts';
import { useAskBeforeLeaving, type Leaving } from '../routing/index.ts';
import { useSignedIn } from '../session/index.ts';
import { Button, downloadBlob, Notice } from '../ui/index.ts';
import { ExportGate } from './export-gate.tsx';
import { ExportQuestion } from './export-question.tsx';
import { ExportResult } from './export-result.tsx';
import { useExport, type ExportRequest } from './use-export.ts';
import { useGate } from './use-gate.ts';
import style from './sending.module.css';

interface Props {
  template: Template;
  onPreflight: () => void;
}

/** The composed mails of an audience as a file, for whatever sends them. */
export function ExportForm({ template, onPreflight }: Props) {
  const { holder } = useSignedIn();
  const { published } = template;
  if (holder.role !== 'operator' && holder.role !== 'admin')
    return (
      <Notice kind="info">
        Exported mails show every value as it is, sensitive ones too: it takes the role operator. Ask one of them for
        the file.
      </Notice>
    );
  if (published === null)
    return <Notice kind="info">Only what is published is exported: publish the template first.</Notice>;
  return <Form template={template} version={published} onPreflight={onPreflight} />;
}

function Form({ template, version, onPreflight }: Props & { version: number }) {
  const id = useId();
  const { holder } = useSignedIn();
  const [audience, setAudience] = useState<string>();
  const [reason, setReason] = useState('');
  const { gate, expected, problem } = useGate(template.id, version, audience);
  const { progress, ...exporting } = useExport();
  const [leaving, setLeaving] = useState<Leaving>();
  const running = progress?.state === 'running';
  const passed = gate?.state === 'passed';
  const mayOverride = holder.role === 'admin' && gate !== undefined && !passed;
  const ready = passed || (mayOverride && reason.trim().length >= 3);

  const isUnsaved = running || (progress !== undefined && progress.mails > 0 && !progress.saved);
  useGuardWhile(isUnsaved);
  useAskBeforeLeaving(isUnsaved, setLeaving);

  const save = ({ version, audience }: ExportRequest) => {
    const file = exporting.takeFile();
    if (file) downloadBlob(`${template.slug ?? template.id}-v${version}${audience ? `-${audience}` : ''}.jsonl`, file);
  };
  const choose = (chosen: string | undefined) => {
    const goOn = () => {
      exporting.drop(); // what there is is for the others
      setAudience(chosen);
    };
    if (isUnsaved) setLeaving({ goOn });
    else goOn();
  };

  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        if (!ready || running) return;
        const override = passed ? undefined : { reason: reason.trim() };
        void exporting.begin({ template: template.id, version, audience, override });
      }}
    >
      <p>
        The mails of <b>version {version}</b> as they would be sent, one line of JSON a person. Who must not be written
        to is left out. Nothing is sent. What was written since is not in it.
      </p>
      <AudienceSelect value={audience} disabled={running} onChange={choose} />
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {gate && <ExportGate gate={gate} onPreflight={onPreflight} />}
      {mayOverride && (
        <>
          <label htmlFor={`${id}-reason`}>Export all the same, because</label>
          <input
            id={`${id}-reason`}
            value={reason}
            disabled={running}
            maxLength={200}
            autoComplete="off"
            aria-describedby={`${id}-audit`}
            onChange={(event) => setReason(event.target.value)}
          />
          <p id={`${id}-audit`} className={style.hint}>
            Admins may. The audit log keeps the reason.
          </p>
        </>
      )}
      <div>
        <Button kind="main" icon="publish" type="submit" busy={running} aria-disabled={!ready}>
          Export the mails
        </Button>
      </div>
      {progress && (
        <ExportResult
          progress={progress}
          expected={passed ? expected : undefined}
          onStop={exporting.stop}
          onGoOn={() => void exporting.goOn()}
          onSave={() => save(progress.request)}
        />
      )}
      {leaving && <ExportQuestion leaving={leaving} onStay={() => setLeaving(undefined)} />}
    </form>
  );
}
