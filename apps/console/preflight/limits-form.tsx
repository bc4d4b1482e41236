import { useEffect, useId, useState } from 'react';
import { asProblem, useApi, type PreflightLimits, type TemplateLimits } from '../api/index.ts';
import { Button, Notice, useAnnounce } from '../ui/index.ts';
import style from './limits-form.module.css';

type Name = keyof PreflightLimits;

const fields: { name: Name; label: string; unit: string; scale: number; max: number }[] = [
  { name: 'errors', label: 'People without a mail, at most', unit: '%', scale: 100, max: 100 },
  { name: 'blanks', label: 'Mails with a blank, at most', unit: '%', scale: 100, max: 100 },
  { name: 'fallbacks', label: 'Mails with a fallback, at most', unit: '%', scale: 100, max: 100 },
  { name: 'oversize', label: 'Mails over 102 KB, at most', unit: '%', scale: 100, max: 100 },
  { name: 'minimumPeople', label: 'People who would be sent it, at least', unit: '', scale: 1, max: 1_000_000_000 },
  { name: 'maximumAgeHours', label: 'A preflight counts for', unit: 'hours', scale: 1, max: 720 },
];

const theirs = 'Somebody else changed the limits meanwhile, to what is shown now: change them again, then save them.';

/** What a preflight of this template may find before an export is refused. */
export function LimitsForm({ template, onSaved }: { template: string; onSaved: (limits: PreflightLimits) => void }) {
  const api = useApi();
  const announce = useAnnounce();
  const id = useId();
  const [limits, setLimits] = useState<Record<string, string>>();
  const [edition, setEdition] = useState(0);
  const [problem, setProblem] = useState<string>();
  const [busy, setBusy] = useState(false);
  const path = `api/templates/${encodeURIComponent(template)}/preflight-limits`;

  const show = (found: TemplateLimits) => {
    setLimits(textsOf(found));
    setEdition(found.edition);
  };

  useEffect(() => {
    const leaving = new AbortController();
    api
      .get<TemplateLimits>(path, { signal: leaving.signal })
      .then(show)
      .catch((thrown: unknown) => leaving.signal.aborted || setProblem(asProblem(thrown).message));
    return () => leaving.abort();
  }, [api, path]);

  const save = async () => {
    setBusy(true);
    try {
      const headers = { 'if-match': `"${edition}"` };
      const saved = await api.put<TemplateLimits>(path, { body: limitsOf(limits ?? {}), headers });
      show(saved);
      setProblem(undefined);
      announce('The limits are saved.');
      onSaved(saved);
    } catch (thrown) {
      const found = asProblem(thrown);
      setProblem(found.code === 'conflict' ? theirs : found.message);
      if (found.code === 'conflict') await api.get<TemplateLimits>(path).then(show, () => undefined);
    } finally {
      setBusy(false);
    }
  };

  return (
    <details className={style.limits}>
      <summary>Limits of this template</summary>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void save();
        }}
      >
        {fields.map(({ name, label, unit, max }) => (
          <div key={name} className={style.field}>
            <label htmlFor={`${id}-${name}`}>{label}</label>
            <span>
              <input
                id={`${id}-${name}`}
                type="number"
                min={0}
                max={max}
                step={unit === '%' ? 'any' : 1}
                required
                disabled={!limits}
                value={limits?.[name] ?? ''}
                onChange={(event) => setLimits({ ...limits, [name]: event.target.value })}
              />
              {unit}
            </span>
          </div>
        ))}
        {problem !== undefined && <Notice kind="problem">{problem}</Notice>}
        <Button type="submit" busy={busy} disabled={!limits}>
          Save the limits
        </Button>
        <p>They count for exports, and for preflights from now on.</p>
      </form>
    </details>
  );
}

function textsOf(limits: PreflightLimits): Record<string, string> {
  return Object.fromEntries(
    fields.map(({ name, scale }) => [name, String(Number(((limits[name] ?? 0) * scale).toFixed(6)))]),
  );
}

function limitsOf(texts: Record<string, string>): PreflightLimits {
  return Object.fromEntries(fields.map(({ name, scale }) => [name, Number(texts[name]) / scale]));
}
