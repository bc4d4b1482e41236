import { useId, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type MailPart, type Translation } from '../api/index.ts';
import type { PreviewRequest } from '../preview/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { downloadText } from './download-text.ts';
import { TranslationResult } from './translation-result.tsx';
import style from './sending.module.css';

interface Props {
  request: PreviewRequest;
  onGoTo: (part: MailPart, line: number, column: number) => void;
}

const vendors = {
  sendgrid: 'SendGrid',
  iterable: 'Iterable',
  mailchimp: 'Mailchimp',
  klaviyo: 'Klaviyo',
  braze: 'Braze',
};
type Vendor = keyof typeof vendors;

/** The template in another platform's words, and what they cannot say. */
export function TranslateForm({ request, onGoTo }: Props) {
  const api = useApi();
  const id = useId();
  const [vendor, setVendor] = useState<Vendor>('mailchimp');
  const [fields, setFields] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [translation, setTranslation] = useState<Translation>();

  const translate = async () => {
    setBusy(true);
    setProblem(undefined);
    const { identity: _, sample: __, asOf: ___, changes: ____, ...template } = request;
    try {
      setTranslation(await api.post<Translation>('api/translations', { body: { ...template, vendor, fields } }));
    } catch (thrown) {
      setTranslation(undefined);
      setProblem(asProblem(thrown));
    } finally {
      setBusy(false);
    }
  };

  return (
    <form
      className={style.form}
      onSubmit={(event) => {
        event.preventDefault();
        void translate();
      }}
    >
      <label htmlFor={id}>Platform</label>
      <select
        id={id}
        value={vendor}
        onChange={(event) => {
          setVendor(event.target.value as Vendor);
          setFields({});
          setTranslation(undefined);
        }}
      >
        {Object.entries(vendors).map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
      <div>
        <Button kind="main" type="submit" busy={busy}>
          Translate
        </Button>
      </div>
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {translation && (
        <TranslationResult
          translation={translation}
          platform={vendors[vendor]}
          fields={fields}
          onField={(path, field) =>
            setFields(({ [path]: __, ...others }) => (field === '' ? others : { ...others, [path]: field }))
          }
          onGoTo={onGoTo}
          onDownload={() => downloadText(`${vendor}.html`, 'text/html', translation.mail.html)}
          onDownloadAll={() =>
            downloadText(`${vendor}.json`, 'application/json', JSON.stringify(translation, undefined, 2))
          }
        />
      )}
    </form>
  );
}
