import type { MailPart, Translation, UntranslatedTag } from '../api/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { TranslatedPart } from './translated-part.tsx';
import style from './sending.module.css';

interface Props {
  translation: Translation;
  platform: string;
  /** What was named by hand. */
  fields: Record<string, string>;
  onField: (path: string, field: string) => void;
  onGoTo: (part: MailPart, line: number, column: number) => void;
  onDownload: () => void;
  onDownloadAll: () => void;
}

export function TranslationResult({
  translation,
  platform,
  fields,
  onField,
  onGoTo,
  onDownload,
  onDownloadAll,
}: Props) {
  const { proven, untranslated, lost, mail } = translation;
  const parts = [
    ['Subject', mail.subject],
    ['Preheader', mail.preheader],
    ['HTML', mail.html],
    ['Plain text', mail.text],
  ].filter((part): part is [string, string] => part[1] !== undefined && part[1] !== '');
  return (
    <>
      {!proven && (
        <Notice kind="warning">
          Not proven: {platform} itself has not rendered it. Send yourself a test from there before anybody else gets
          it.
        </Notice>
      )}
      <section>
        <h3>Not translated ({untranslated.length})</h3>
        {untranslated.length === 0 ? (
          <p>Everything has a counterpart there.</p>
        ) : (
          <p>It stands in ⟦ ⟧ in the text below: put it right by hand, or people will see it.</p>
        )}
        <ul className={style.tags}>
          {untranslated.map((tag, index) => (
            <li key={index}>
              <code>{tag.written}</code>
              <span>{tag.reason}</span>
              <Place tag={tag} onGoTo={onGoTo} />
            </li>
          ))}
        </ul>
      </section>
      {lost.length > 0 && (
        <section>
          <h3>Otherwise than in Millrace</h3>
          <ul className={style.lost}>
            {lost.map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        </section>
      )}
      {translation.fields.length > 0 && (
        <section>
          <h3>Fields of {platform}</h3>
          <table className={style.fields}>
            <thead>
              <tr>
                <th scope="col">In Millrace</th>
                <th scope="col">There</th>
              </tr>
            </thead>
            <tbody>
              {translation.fields.map(({ path, field, assumed }) => (
                <tr key={path}>
                  <th scope="row">
                    <code>{path}</code>
                  </th>
                  <td>
                    <input
                      aria-label={`Field of ${platform} for ${path}`}
                      value={fields[path] ?? ''}
                      placeholder={assumed ? field : ''}
                      autoComplete="off"
                      onChange={(event) => onField(path, event.target.value)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className={style.hint}>Name fields that are called otherwise, then translate again.</p>
        </section>
      )}
      <section>
        <h3>The template</h3>
        {parts.map(([title, text]) => (
          <TranslatedPart key={`${title} ${text}`} title={title} platform={platform} text={text} />
        ))}
        <div className={style.buttons}>
          <Button type="button" icon="save" onClick={onDownload}>
            HTML
          </Button>
          <Button type="button" icon="save" onClick={onDownloadAll}>
            Everything as JSON
          </Button>
        </div>
      </section>
    </>
  );
}

function Place({ tag, onGoTo }: { tag: UntranslatedTag; onGoTo: Props['onGoTo'] }) {
  const { part, block, line, column } = tag;
  if (line === undefined || column === undefined) return null;
  if (block !== undefined)
    return (
      <small>
        Block {block}, line {line}, column {column}
      </small>
    );
  return (
    <button type="button" onClick={() => onGoTo(part, line, column)}>
      {part === 'source' ? 'HTML' : part}, line {line}, column {column}
    </button>
  );
}
