import { useId, type KeyboardEvent, type ReactNode } from 'react';
import style from './tabs.module.css';

interface Tab<Name extends string> {
  name: Name;
  title: ReactNode;
  content: ReactNode;
}

interface Props<Name extends string> {
  label: string;
  tabs: Tab<NoInfer<Name>>[];
  chosen: Name;
  onChoose: (name: NoInfer<Name>) => void;
  /** What stands at the other end of the row. */
  beside?: ReactNode;
}

/** Tabs after the ARIA Authoring Practices: arrow keys go from one to the next, Tab goes into the panel. */
export function Tabs<Name extends string>({ label, tabs, chosen, onChoose, beside }: Props<Name>) {
  const id = useId();
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>) => {
    const at = tabs.findIndex(({ name }) => name === chosen);
    const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = tabs[(to + tabs.length) % tabs.length];
    if (!next) return;
    onChoose(next.name);
    document.getElementById(`${id}-${next.name}`)?.focus();
  };
  return (
    <div className={style.tabs}>
      <div className={style.row}>
        <div role="tablist" aria-label={label} className={style.list} onKeyDown={onKeyDown}>
          {tabs.map(({ name, title }) => (
            <button
              key={name}
              id={`${id}-${name}`}
              type="button"
              role="tab"
              className={style.tab}
              aria-selected={name === chosen}
              aria-controls={`${id}-${name}-panel`}
              tabIndex={name === chosen ? 0 : -1}
              onClick={() => onChoose(name)}
            >
              {title}
            </button>
          ))}
        </div>
        {beside}
      </div>
      {tabs.map(({ name, content }) => (
        <div
          key={name}
          id={`${id}-${name}-panel`}
          role="tabpanel"
          aria-labelledby={`${id}-${name}`}
          className={style.panel}
          hidden={name !== chosen}
        >
          {content}
        </div>
      ))}
    </div>
  );
}
