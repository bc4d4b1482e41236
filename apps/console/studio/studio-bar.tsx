import type { EditedDraft } from '../drafts/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, RoomHeading } from '../ui/index.ts';
import style from './studio-bar.module.css';

interface Props {
  edited: EditedDraft;
  readOnly: boolean;
  publishing: boolean;
  onPublish: () => void;
  /** Absent where there are no preflights. */
  onPreflight?: () => void;
  /** Absent for whoever may not. */
  onSend?: () => void;
  onVersions: () => void;
  onLeave: () => void;
}

export function StudioBar({
  edited,
  readOnly,
  publishing,
  onPublish,
  onPreflight,
  onSend,
  onVersions,
  onLeave,
}: Props) {
  const { draft, saved, dirty, saving, change, save } = edited;
  return (
    <TopBar>
      <Button kind="quiet" icon="back" aria-label="All templates" title="All templates" onClick={onLeave} />
      <RoomHeading className="unseen">{draft.name}</RoomHeading>
      <label className={style.name} data-value={draft.name}>
        <span className="unseen">Name of the template</span>
        <input
          size={1}
          value={draft.name}
          maxLength={100}
          readOnly={readOnly}
          autoComplete="off"
          dir="auto"
          onChange={(event) => change({ name: event.target.value })}
        />
      </label>
      <p className={style.state} role="status">
        {dirty ? <em>Not saved</em> : 'Saved'}
        <span> · {saved.published === null ? 'not published' : `version ${saved.published} is out`}</span>
      </p>
      <span className={style.space} />
      {onPreflight && (
        <Button kind="quiet" compact icon="flight" onClick={onPreflight}>
          Preflight
        </Button>
      )}
      {onSend && (
        <Button kind="quiet" compact icon="send" onClick={onSend}>
          Send
        </Button>
      )}
      <Button kind="quiet" compact icon="history" onClick={onVersions}>
        Versions
      </Button>
      {!readOnly && (
        <>
          <Button compact icon="save" disabled={!dirty} busy={saving} title="Ctrl-S or ⌘S" onClick={() => void save()}>
            Save
          </Button>
          <Button compact kind="main" icon="publish" busy={publishing} onClick={onPublish}>
            Publish
          </Button>
        </>
      )}
    </TopBar>
  );
}
