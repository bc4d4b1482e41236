import { useId, useState } from 'react';
import { asProblem, useApi, type ApiProblem, type MailPart, type Translation } from '../api/index.ts';
import { Button, downloadText, Notice } from '../ui/index.ts';
import { TranslationResult } from './translation-result.tsx';
import style from './sending.module.css';

interface Props {
  /** The template as the API takes it. */
  asked: Record<string, unknown>;
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
export function TranslateForm({ asked, onGoTo }: Props) {
  const api = useApi();
  const id = useId();
  const [vendor, setVendor] = useState<Vendor>('mailchimp');
  const [fields, setFields] = useState<Record<string, string>>({});
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<ApiProblem>();
  const [answer, setAnswer] = useState<Translation>();
  const translation = answer?.vendor === vendor ? answer : undefined; // another platform may have been chosen meanwhile

  const translate = async () => {
    setBusy(true);
    setProblem(undefined);
    const { channel: _, purpose: __, ...template } = asked; // other platforms have their own
    try {
      setAnswer(await api.post<Translation>('api/translations', { body: { ...template, vendor, fields } }));
    } catch (thrown) {
      setAnswer(undefined);
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
          setAnswer(undefined);
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
