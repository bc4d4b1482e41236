import { useMemo, useRef, useState } from 'react';
import { asProblem, useApi, type MailPart, type Preview, type Template } from '../api/index.ts';
import { askedOf, lintFields, useDraft } from '../drafts/index.ts';
import { useKnownTokens } from '../editor/index.ts';
import { changesOf, eventOf, madeUp, noCircumstances, readPerson, type Circumstance } from '../people/index.ts';
import { PreflightDialog } from '../preflight/index.ts';
import { usePreview, type PreviewRequest } from '../preview/index.ts';
import { SendDialog } from '../sending/index.ts';
import { mayWrite, useSignedIn } from '../session/index.ts';
import { useAnnounce, useTitle } from '../ui/index.ts';
import { useVariants } from '../variants/index.ts';
import { VersionsDialog } from '../versions/index.ts';
import { DraftNotices } from './draft-notices.tsx';
import { LookPane } from './look-pane.tsx';
import { findingsOf } from './findings.ts';
import { StudioBar } from './studio-bar.tsx';
import { useAnnouncedPreview } from './use-announced-preview.ts';
import { useLint } from './use-lint.ts';
import { usePerson } from './use-person.ts';
import { usePublish } from './use-publish.ts';
import { useSaveKey } from './use-save-key.ts';
import { WritePane, type WriteHandle } from './write-pane.tsx';
import style from './studio.module.css';

interface Props {
  template: Template;
  onLeave: () => void;
}

/** Writing on the left, seeing on the right; on small screens one of them at a time. */
export function Workbench({ template, onLeave }: Props) {
  const api = useApi();
  const announce = useAnnounce();
  const { holder } = useSignedIn();
  const readOnly = !mayWrite(holder);
  const edited = useDraft(template);
  const { draft, saved, dirty } = edited;
  const [person, pickPerson, personProblem] = usePerson(!readOnly);
  const [circumstance, setCircumstance] = useState<Circumstance>(noCircumstances);
  const [side, setSide] = useState<'write' | 'look'>('write');
  const [dialog, setDialog] = useState<'versions' | 'preflight' | 'send'>();
  const { publish, publishing, problem: publishProblem } = usePublish(edited);
  const write = useRef<WriteHandle>(null);

  const asked = useMemo(() => (dirty ? askedOf(draft) : { template: saved.id }), [dirty, draft, saved.id]);
  const request = useMemo((): PreviewRequest | undefined => {
    if (!person || readOnly) return undefined;
    const { asOf, whatIfs } = circumstance;
    return {
      ...asked,
      ...(person.identity === undefined ? { sample: {} } : { identity: person.identity }),
      asOf: asOf || undefined,
      changes: changesOf(whatIfs),
      event: eventOf(circumstance),
    };
  }, [person, readOnly, circumstance, asked]);
  const preview = usePreview(request, saved.revision);
  // The text itself, not the template by its name: fixes are for what stands here, whatever somebody else saves.
  const lint = useLint(readOnly ? undefined : { ...askedOf(draft), ...lintFields(saved) });
  const findings = useMemo(() => findingsOf(preview, lint.findings), [preview, lint.findings]);
  const near = useMemo(() => [...Object.keys(person?.traits ?? {}), ...saved.tokens], [person, saved.tokens]);
  const variants = useVariants(asked, saved.revision);
  const known = useKnownTokens(near);
  useAnnouncedPreview(preview, person?.name);
  useSaveKey(() => void edited.save());
  useTitle(`${dirty ? '• ' : ''}${draft.name}`, 'Templates');

  const goTo = (part: MailPart, line: number, column: number) => {
    setSide('write');
    requestAnimationFrame(() => write.current?.goTo(part, line, column)); // once the side is there
  };

  const findEdgeCase = async () => {
    const body = { ...asked, sample: 'edge' };
    const { versions } = await api.post<Preview>('api/preview', { body });
    return versions.profile ? readPerson(api, versions.profile) : madeUp;
  };
  const tell = (thrown: unknown) => announce(asProblem(thrown).message);
  const lookAt = (id: string) => {
    setDialog(undefined);
    setSide('look');
    pickPerson(() => readPerson(api, { id })).catch(tell);
  };

  return (
    <div className={style.studio}>
      <StudioBar
        edited={edited}
        readOnly={readOnly}
        publishing={publishing}
        onPublish={() => void publish()}
        onPreflight={readOnly ? undefined : () => setDialog('preflight')}
        onSend={request ? () => setDialog('send') : undefined}
        onVersions={() => setDialog('versions')}
        onLeave={onLeave}
      />
      <DraftNotices edited={edited} problem={publishProblem} readOnly={readOnly} />
      <div className={style.sides} role="group" aria-label="Side">
        {(['write', 'look'] as const).map((name) => (
          <button key={name} type="button" aria-pressed={side === name} onClick={() => setSide(name)}>
            {name === 'write' ? 'Write' : 'Look'}
          </button>
        ))}
      </div>
      <main className={style.bench} data-side={side}>
        <WritePane
          ref={write}
          draft={draft}
          onChange={edited.change}
          findings={findings}
          looking={preview.composing ? 'looking' : lint.state}
          known={known}
          readOnly={readOnly}
        />
        <LookPane
          preview={preview}
          person={person}
          personProblem={personProblem}
          onPick={pickPerson}
          findEdgeCase={findEdgeCase}
          circumstance={circumstance}
          onCircumstance={setCircumstance}
          onGoTo={goTo}
          readOnly={readOnly}
          variants={readOnly ? undefined : variants}
        />
      </main>
      {dialog === 'versions' && (
        <VersionsDialog
          template={saved.id}
          draft={draft}
          readOnly={readOnly}
          onClose={() => setDialog(undefined)}
          onTake={(taken) => {
            edited.change(taken);
            setDialog(undefined);
          }}
        />
      )}
      {dialog === 'send' && request && (
        <SendDialog
          template={saved}
          asked={asked}
          request={request}
          mail={preview.composing || preview.anothers ? undefined : preview.mail}
          person={person?.name}
          onClose={() => setDialog(undefined)}
          onGoTo={(part, line, column) => {
            setDialog(undefined);
            goTo(part, line, column);
          }}
          onPreflight={() => setDialog('preflight')}
        />
      )}
      {dialog === 'preflight' && (
        <PreflightDialog
          template={saved.id}
          dirty={dirty}
          onClose={() => setDialog(undefined)}
          onLook={lookAt}
          onLimits={(limits) => edited.noteSaved({ preflight: limits })}
        />
      )}
    </div>
  );
}
