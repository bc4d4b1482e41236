import type { Draft } from '../drafts/index.ts';
import style from './template-settings.module.css';

interface Props {
  draft: Draft;
  onChange: (change: Partial<Draft>) => void;
  readOnly: boolean;
}

/** What a template is besides what it says. */
export function TemplateSettings({ draft: { format, channel, purpose }, onChange, readOnly }: Props) {
  return (
    <fieldset className={style.settings} disabled={readOnly}>
      <legend className="unseen">Settings of the template</legend>
      <label>
        Format
        <select
          value={format}
          onChange={({ target }) => onChange({ format: target.value === 'mjml' ? 'mjml' : 'html' })}
        >
          <option value="html">HTML</option>
          <option value="mjml">MJML</option>
        </select>
      </label>
      <Word label="Channel" value={channel} usual="email" onChange={(word) => onChange({ channel: word })} />
      <Word label="Purpose" value={purpose} usual="marketing" onChange={(word) => onChange({ purpose: word })} />
    </fieldset>
  );
}

interface WordProps {
  label: string;
  value: string;
  /** What an empty one means. */
  usual: string;
  onChange: (word: string) => void;
}

/** A word as consents name channels and purposes. */
function Word({ label, value, usual, onChange }: WordProps) {
  return (
    <label>
      {label}
      <input
        value={value}
        placeholder={usual}
        size={14}
        maxLength={64}
        spellCheck={false}
        autoComplete="off"
        onChange={({ target }) => onChange(target.value.toLowerCase().replaceAll(/[^a-z0-9_.-]/g, '-'))}
      />
    </label>
  );
}
