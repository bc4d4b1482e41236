import type { Fix, MailPart } from '../api/index.ts';
import { Button, Icon } from '../ui/index.ts';
import type { Finding } from './findings.ts';
import type { LookingState } from './use-lint.ts';
import style from './findings-list.module.css';

const mostShown = 100;
const partNames: Record<string, string> = { source: 'HTML', text: 'plain text', fromName: 'from', replyTo: 'reply to' };

interface Props {
  findings: readonly Finding[];
  looking: LookingState;
  onGoTo: (part: MailPart, line: number, column: number) => void;
  onFix: (fix: Fix) => void;
}

export function FindingsList({ findings, looking, onGoTo, onFix }: Props) {
  return (
    <section className={style.findings} aria-label="To look at">
      <h2>To look at {(findings.length > 0 || looking === 'looked') && <span>{findings.length}</span>}</h2>
      {findings.length === 0 ? (
        <NoFindings looking={looking} />
      ) : (
        <ul tabIndex={0} aria-label="What to look at">
          {findings.slice(0, mostShown).map((finding, i) => (
            <li key={i} className={style[finding.severity]}>
              <Entry finding={finding} onGoTo={onGoTo} />
              {finding.fix && <FixButton fix={finding.fix} onFix={onFix} />}
            </li>
          ))}
          {findings.length > mostShown && (
            <li>
              <p>and {findings.length - mostShown} more: they show when these are mended</p>
            </li>
          )}
        </ul>
      )}
    </section>
  );
}

/** That there is nothing is only said when it is known. */
function NoFindings({ looking }: { looking: LookingState }) {
  if (looking === 'failed') return null;
  return looking === 'looking' ? (
    <p>Looking…</p>
  ) : (
    <p>
      <Icon name="check" /> Nothing looks odd.
    </p>
  );
}

function Entry({ finding, onGoTo }: { finding: Finding; onGoTo: Props['onGoTo'] }) {
  const { message, severity, part = 'source', block, line, column = 1 } = finding;
  const content = (
    <>
      <Icon name="warning" />
      <span>
        <span className="unseen">{severity}: </span>
        {message}
      </span>
      {line !== undefined && (
        <small>
          {block ?? partNames[part] ?? part} {line}:{column}
        </small>
      )}
    </>
  );
  if (line === undefined || block !== undefined) return <p>{content}</p>;
  return (
    <button type="button" onClick={() => onGoTo(part, line, column)}>
      {content}
    </button>
  );
}

function FixButton({ fix, onFix }: { fix: Fix; onFix: (fix: Fix) => void }) {
  return (
    <Button kind="quiet" className={style.fix} onClick={() => onFix(fix)}>
      {fix.title}
    </Button>
  );
}
