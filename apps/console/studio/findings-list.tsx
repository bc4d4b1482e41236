import type { MailPart } from '../api/index.ts';
import { Icon } from '../ui/index.ts';
import type { Finding } from './findings.ts';
import style from './findings-list.module.css';

const mostShown = 100;
const partNames = { subject: 'Subject', preheader: 'Preheader', source: 'HTML', text: 'Plain text' };

interface Props {
  findings: readonly Finding[];
  onGoTo: (part: MailPart, line: number, column: number) => void;
}

export function FindingsList({ findings, onGoTo }: Props) {
  return (
    <section className={style.findings} aria-label="To look at">
      <h2>
        To look at <span>{findings.length}</span>
      </h2>
      {findings.length === 0 ? (
        <p>
          <Icon name="check" /> Nothing looks odd.
        </p>
      ) : (
        <ul tabIndex={0} aria-label="To look at">
          {findings.slice(0, mostShown).map((finding, i) => (
            <li key={i} className={style[finding.severity]}>
              <Entry finding={finding} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}

function Entry({ finding, onGoTo }: { finding: Finding; onGoTo: Props['onGoTo'] }) {
  const { message, severity, part = 'source', line, column = 1 } = finding;
  const content = (
    <>
      <Icon name="warning" />
      <span className="unseen">{severity}: </span>
      <span>{message}</span>
    </>
  );
  if (line === undefined) return <p>{content}</p>;
  return (
    <button type="button" onClick={() => onGoTo(part, line, column)}>
      {content}
      <small>
        {partNames[part]} {line}:{column}
      </small>
    </button>
  );
}
