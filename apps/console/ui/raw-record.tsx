import type { ReactNode } from 'react';
import style from './raw-record.module.css';

/** A record as its source has it, for whoever wants to see it. */
export function RawRecord({ summary, text }: { summary: ReactNode; text: string }) {
  return (
    <details className={style.raw}>
      <summary>{summary}</summary>
      <pre tabIndex={0}>{text}</pre>
    </details>
  );
}
