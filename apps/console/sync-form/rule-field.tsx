import { useEffect, useRef, type ChangeEvent, type KeyboardEvent } from 'react';
import { isJson } from './rule-rows.ts';

interface Props {
  label: string;
  value: string;
  /** Id of the list that completes it. */
  fields: string;
  tied: { 'aria-invalid'?: true; 'aria-describedby'?: string };
  onEnter: (event: KeyboardEvent) => void;
  onChange: (rule: string) => void;
}

/** Where a value comes from: in a line, or as JSON in several. */
export function RuleField({ label, value, fields, tied, onEnter, onChange }: Props) {
  const json = isJson(value);
  const control = useRef<HTMLInputElement & HTMLTextAreaElement>(null);
  const typing = useRef(false);
  useEffect(() => {
    // It became another control while somebody wrote in it.
    if (typing.current) control.current?.focus();
    if (typing.current) control.current?.setSelectionRange(control.current.value.length, control.current.value.length);
    typing.current = false;
  }, [json]);
  const common = {
    ref: control,
    'aria-label': label,
    spellCheck: false,
    value,
    ...tied,
    onChange: ({ target }: ChangeEvent<HTMLInputElement | HTMLTextAreaElement>) => {
      typing.current = isJson(target.value) !== json;
      onChange(target.value);
    },
  };
  if (json) return <textarea {...common} rows={Math.min(12, value.split('\n').length)} />;
  return <input {...common} autoComplete="off" list={fields} onKeyDown={onEnter} />;
}
