import style from './badge.module.css';

/** What a word says: that all is well, that something is wrong, that somebody or something is waited for, that it is under way; or nothing. */
export type Tone = 'fine' | 'wrong' | 'waiting' | 'active' | 'plain';

/** How something is, in a word. */
export function Badge({ tone, children }: { tone: Tone; children: string }) {
  return (
    <span className={style.badge} data-tone={tone}>
      {children}
    </span>
  );
}
