import type { ReactNode } from 'react';
import style from './notice.module.css';

interface Props {
  kind: 'problem' | 'warning' | 'info';
  /** What one can do about it. */
  actions?: ReactNode;
  children: ReactNode;
}

export function Notice({ kind, actions, children }: Props) {
  return (
    <div className={`${style.notice} ${style[kind]}`} role={kind === 'problem' ? 'alert' : 'status'}>
      <p>{children}</p>
      {actions && <div className={style.actions}>{actions}</div>}
    </div>
  );
}
