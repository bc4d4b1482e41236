import { useId } from 'react';
import { Icon } from './icon.tsx';
import style from './search-field.module.css';

interface Props {
  label: string;
  placeholder: string;
  value: string;
  onChange: (wanted: string) => void;
}

export function SearchField({ label, placeholder, value, onChange }: Props) {
  const id = useId();
  return (
    <div className={style.search}>
      <Icon name="search" />
      <label htmlFor={id} className="unseen">
        {label}
      </label>
      <input
        id={id}
        type="search"
        placeholder={placeholder}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </div>
  );
}
