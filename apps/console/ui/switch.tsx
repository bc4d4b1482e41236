import type { IconName } from './icon.tsx';
import { Button } from './button.tsx';
import style from './switch.module.css';

interface Props {
  icon: IconName;
  on: boolean;
  onChange: (on: boolean) => void;
  children: string;
}

/** A button that stays pressed. */
export function Switch({ icon, on, onChange, children }: Props) {
  return (
    <Button kind="quiet" icon={icon} className={style.switch} aria-pressed={on} onClick={() => onChange(!on)}>
      {children}
    </Button>
  );
}
