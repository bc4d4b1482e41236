import { useState } from 'react';
import { usePagedList, type TemplateVersion } from '../api/index.ts';
import { draftOf, type Draft } from '../drafts/index.ts';
import { Button, Dialog, Notice, timeAgo, useFirstNew } from '../ui/index.ts';
import { Comparison } from './comparison.tsx';
import style from './versions-dialog.module.css';

interface Props {
  template: string;
  draft: Draft;
  readOnly: boolean;
  onClose: () => void;
  /** Makes the draft what a version was; it is not saved by that. */
  onTake: (draft: Draft) => void;
}

export function VersionsDialog({ template, draft, readOnly, onClose, onTake }: Props) {
  const versionsOf = `api/templates/${template}/versions`;
  const { found: versions, loading, problem, more } = usePagedList<TemplateVersion>(versionsOf, 20);
  const { below, note } = useFirstNew<HTMLButtonElement>(versions.length, more === undefined);
  const [chosen, setChosen] = useState<number>();
  const version = versions.find((one) => one.version === chosen) ?? versions[0];
  const { name } = draft; // of the template, not of its versions
  const content = version && { ...draftOf(version), name };
  return (
    <Dialog
      title="Versions"
      size={version ? 'wide' : 'usual'}
      onClose={onClose}
      actions={
        version &&
        content &&
        !readOnly && (
          <Button icon="history" onClick={() => onTake(content)}>
            Put version {version.version} into the draft
          </Button>
        )
      }
    >
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      {!version && !problem && (
        <p>{loading ? 'Reading …' : 'Nothing is published yet. Publishing makes a version that stays as it is.'}</p>
      )}
      {version && content && (
        <div className={style.columns}>
          <nav aria-label="Versions">
            <ul>
              {versions.map((one) => (
                <li key={one.version}>
                  <button
                    type="button"
                    aria-current={one === version ? 'true' : undefined}
                    onClick={() => setChosen(one.version)}
                  >
                    Version {one.version}
                    <small title={one.publishedAt}>{timeAgo(one.publishedAt)}</small>
                  </button>
                </li>
              ))}
            </ul>
            {more && (
              <Button
                ref={below}
                kind="quiet"
                busy={loading}
                onClick={() => {
                  note();
                  more();
                }}
              >
                Older ones
              </Button>
            )}
          </nav>
          <section aria-label="Difference">
            <p className={style.direction}>
              From <b>version {version.version}</b> to <b>the draft as it is here</b>
            </p>
            <Comparison before={content} after={draft} />
          </section>
        </div>
      )}
    </Dialog>
  );
}
