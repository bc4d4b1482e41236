import type { ChosenBlock, Condition, MailPart, Preview } from '../api/index.ts';
import style from './decisions.module.css';

interface Props {
  mail: Preview;
  onGoTo: (part: MailPart, line: number, column: number) => void;
}

const chosenTexts = { then: 'shows', else: 'shows what follows {{else}}', nothing: 'shows nothing' };

/** What was decided for this person: which conditions held, and which variants of blocks were chosen. */
export function Decisions({ mail: { conditions = [], blocks = [] }, onGoTo }: Props) {
  if (conditions.length + blocks.length === 0) return null;
  return (
    <details className={style.decisions}>
      <summary>
        What was decided <span>{conditions.length + blocks.length}</span>
      </summary>
      <ul>
        {blocks.map((block) => (
          <li key={block.slug}>
            <code>{block.name}</code> <span>{blockText(block)}</span>
          </li>
        ))}
        {conditions.map((condition, i) => (
          <li key={i}>
            <Tag condition={condition} onGoTo={onGoTo} /> <span>{conditionText(condition)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Tag({
  condition: { written, part, block, line, column },
  onGoTo,
}: {
  condition: Condition;
  onGoTo: Props['onGoTo'];
}) {
  if (block !== undefined) return <code>{written}</code>;
  return (
    <button type="button" onClick={() => onGoTo(part, line, column)}>
      <code>{written}</code>
    </button>
  );
}

function conditionText({ chosen, times }: Condition): string {
  return times > 1 ? `${chosenTexts[chosen]} ${times} times` : chosenTexts[chosen];
}

function blockText({ variant, because }: ChosenBlock): string {
  if (variant === null) return 'the default';
  return because === null ? variant : `${variant}, because ${because}`;
}
