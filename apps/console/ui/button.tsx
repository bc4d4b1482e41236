import type { ComponentProps } from 'react';
import { Icon, type IconName } from './icon.tsx';
import style from './button.module.css';

interface Props extends ComponentProps<'button'> {
  /** `main`: what one most likely came for; `quiet`: without a border (default: a plain button). */
  kind?: 'main' | 'plain' | 'quiet';
  icon?: IconName;
  /** Something is under way: another click does nothing. */
  busy?: boolean;
  /** Small screens show the icon only. */
  compact?: boolean;
}

export function Button({
  kind = 'plain',
  icon,
  busy = false,
  compact = false,
  children,
  className = '',
  onClick,
  ...rest
}: Props) {
  return (
    <button
      {...rest}
      className={`${style.button} ${style[kind]} ${className}`}
      data-compact={compact || undefined}
      data-icon-only={children === undefined || undefined}
      aria-busy={busy || undefined}
      aria-disabled={busy || rest['aria-disabled']}
      onClick={busy ? (event) => event.preventDefault() : onClick}
    >
      {icon && <Icon name={icon} />}
      {children !== undefined && <span>{children}</span>}
    </button>
  );
}
