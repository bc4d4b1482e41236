import { useState } from 'react';
import type { MailPart, Preview } from '../api/index.ts';
import { Button, Switch, Tabs } from '../ui/index.ts';
import { VariantsPanel, type VariantsState } from '../variants/index.ts';
import { MailFrame, type MailLook } from './mail-frame.tsx';
import { countOf } from './token-state.ts';
import { TokensList } from './tokens-list.tsx';
import type { PreviewState } from './use-preview.ts';
import style from './preview-pane.module.css';

interface Props {
  preview: PreviewState;
  onGoTo: (part: MailPart, line: number, column: number) => void;
  /** Absent where the server cannot find them. */
  variants: VariantsState | undefined;
  onPerson: (profile: string) => void;
}

type View = 'mail' | 'text' | 'tokens' | 'variants';

export function PreviewPane({ preview: { mail, anothers, problem, composing }, onGoTo, variants, onPerson }: Props) {
  const [view, setView] = useState<View>('mail');
  const [look, setLook] = useState<MailLook>({ width: 'desktop', dark: false, images: true });
  if (!mail) {
    return <p className={style.waiting}>{problem ? problem.message : composing ? 'Composing …' : 'Pick a person.'}</p>;
  }
  const frame = mailAddress(mail.page, look.images);
  return (
    <div className={style.preview} aria-busy={composing} data-outdated={problem !== undefined || anothers || undefined}>
      <div className={style.envelope}>
        <h2 data-testid="subject" dir="auto">
          {anothers ? (problem ? 'No mail' : 'Composing …') : mail.subject || '(no subject)'}
        </h2>
        {!anothers && mail.preheader && <p dir="auto">{mail.preheader}</p>}
      </div>
      <Tabs
        label="Views of the mail"
        chosen={view}
        onChoose={setView}
        beside={view === 'mail' && <Looks look={look} onChange={setLook} page={mail.page} />}
        tabs={[
          {
            name: 'mail',
            title: 'Mail',
            content: (
              <MailFrame src={frame} title={`The mail: ${mail.subject}`} look={look} knowsDark={knowsDark(mail)} />
            ),
          },
          {
            name: 'text',
            title: 'Plain text',
            content: (
              <pre className={style.text} tabIndex={0} aria-label="Plain text" dir="auto">
                {mail.text}
              </pre>
            ),
          },
          {
            name: 'tokens',
            title: anothers ? 'Tokens' : <TokensTitle mail={mail} />,
            content: !anothers && <TokensList mail={mail} onGoTo={onGoTo} />,
          },
          ...(variants ? [variantsTab(variants, (profile) => (setView('mail'), onPerson(profile)))] : []),
        ]}
      />
    </div>
  );
}

function variantsTab(variants: VariantsState, onPerson: (profile: string) => void) {
  const content = <VariantsPanel variants={variants} onLook={({ profile }) => onPerson(profile)} />;
  return { name: 'variants' as const, title: 'Variants', content };
}

function TokensTitle({ mail: { tokens } }: { mail: Preview }) {
  const missing = countOf(tokens, 'missing');
  const fallback = countOf(tokens, 'fallback');
  return (
    <>
      Tokens
      {missing > 0 && <span className={style.missing}>{missing} missing</span>}
      {fallback > 0 && <span className={style.fallback}>{fallback} fallback</span>}
      {missing + fallback === 0 && <span className={style.count}>{tokens.length}</span>}
    </>
  );
}

function Looks({ look, onChange, page }: { look: MailLook; onChange: (look: MailLook) => void; page: string }) {
  const isMobile = look.width === 'mobile';
  return (
    <div className={style.looks} role="group" aria-label="Look">
      <Switch icon="mobile" on={isMobile} onChange={(on) => onChange({ ...look, width: on ? 'mobile' : 'desktop' })}>
        Mobile
      </Switch>
      <Switch icon="dark" on={look.dark} onChange={(dark) => onChange({ ...look, dark })}>
        Dark
      </Switch>
      <Switch icon="images" on={!look.images} onChange={(off) => onChange({ ...look, images: !off })}>
        Images off
      </Switch>
      <Button
        kind="quiet"
        icon="open"
        aria-label="Open the preview’s own page"
        title="Its own page, good for 15 minutes"
        onClick={() => window.open(page, '_blank', 'noopener,noreferrer')}
      />
    </div>
  );
}

/** On our own origin, wherever the console was opened: the mail lets nobody else frame it. */
function mailAddress(page: string, images: boolean): string {
  return `${new URL(page).pathname}/mail${images ? '' : '?images=off'}`;
}

const knowsDark = ({ html }: Preview): boolean => html.includes('prefers-color-scheme');
