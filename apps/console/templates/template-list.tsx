import { useState } from 'react';
import { storedDrafts } from '../drafts/index.ts';
import { Trouble } from '../rooms/index.ts';
import { mayWrite, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, ListRoom, SearchField, timeAgo, useSearch } from '../ui/index.ts';
import { NewTemplate } from './new-template.tsx';
import style from './template-list.module.css';
import { useTemplates } from './use-templates.ts';

interface Props {
  onOpen: (template: string) => void;
}

export function TemplateList({ onOpen }: Props) {
  const { holder } = useSignedIn();
  const { found, complete, problem, again } = useTemplates();
  const search = useSearch('');
  const { wanted } = search;
  const [creating, setCreating] = useState(false);
  const matching = found.filter(({ name, slug = '', subject }) => hasWords(`${name} ${slug} ${subject}`, wanted));
  const { shown, onMore } = search.part(matching);
  const nothing =
    wanted === '' ? (
      'No template yet. Begin one: you see it for real people while you write.'
    ) : (
      <>
        No template is like that. <Button onClick={() => search.want('')}>Show all</Button>
      </>
    );
  return (
    <>
      <TopBar house="templates" />
      <Trouble problem={problem} onAgain={again} />
      <ListRoom
        title="Templates"
        action={
          mayWrite(holder) && (
            <Button kind="main" icon="plus" onClick={() => setCreating(true)}>
              New template
            </Button>
          )
        }
        tools={
          <SearchField
            label="Search templates by name, slug or subject"
            placeholder="Name, slug or subject"
            value={wanted}
            onChange={search.want}
          />
        }
        count={{ matching: matching.length, all: found.length, complete, problem, one: 'template', many: 'templates' }}
        onMore={onMore}
        which="that changed last"
        empty={complete && matching.length === 0 && (wanted !== '' || !problem) && nothing}
      >
        {shown.map((template) => (
          <li key={template.id}>
            <button type="button" className={style.row} onClick={() => onOpen(template.id)}>
              <span className={style.name} dir="auto">
                {template.name}
              </span>
              <span className={style.subject} dir="auto">
                {template.subject}
              </span>
              <span className={style.state}>
                {storedDrafts.has(template.id) && <em>unsaved changes</em>}
                {template.published === null ? 'not published' : `version ${template.published}`}
                <span> · {timeAgo(template.updatedAt)}</span>
              </span>
            </button>
          </li>
        ))}
      </ListRoom>
      {creating && <NewTemplate onClose={() => setCreating(false)} onCreated={onOpen} />}
    </>
  );
}
