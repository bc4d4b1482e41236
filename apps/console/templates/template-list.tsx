import { useEffect, useState } from 'react';
import { storedDrafts } from '../drafts/index.ts';
import { mayWrite, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, Notice, RoomHeading, SearchField, timeAgo } from '../ui/index.ts';
import { NewTemplate } from './new-template.tsx';
import style from './template-list.module.css';
import type { ListSearch } from './use-list-search.ts';
import { useTemplates } from './use-templates.ts';

interface Props {
  search: ListSearch;
  onOpen: (template: string) => void;
}

export function TemplateList({ search, onOpen }: Props) {
  const { holder } = useSignedIn();
  const { found, complete, problem } = useTemplates();
  const { wanted } = search;
  const [creating, setCreating] = useState(false);
  useEffect(() => {
    document.title = 'Templates · Millrace';
  }, []);
  const matching = found.filter(({ name, slug = '', subject }) => hasWords(`${name} ${slug} ${subject}`, wanted));
  const shown = matching.slice(0, search.shown);
  return (
    <>
      <TopBar room="templates" />
      {problem && <Notice kind="problem">{problem.message}</Notice>}
      <main className={style.page}>
        <div className={style.head}>
          <RoomHeading>Templates</RoomHeading>
          {mayWrite(holder) && (
            <Button kind="main" icon="plus" onClick={() => setCreating(true)}>
              New template
            </Button>
          )}
        </div>
        <SearchField
          label="Search templates by name, slug or subject"
          placeholder="Name, slug or subject"
          value={wanted}
          onChange={search.search}
        />
        <p className={style.count} role="status">
          {countText(matching.length, found.length, complete)}
        </p>
        <ul className={style.list}>
          {shown.map((template) => (
            <li key={template.id}>
              <button type="button" className={style.row} onClick={() => onOpen(template.id)}>
                <span className={style.name}>{template.name}</span>
                <span className={style.subject}>{template.subject}</span>
                <span className={style.state}>
                  {storedDrafts.has(template.id) && <em>unsaved changes</em>}
                  {template.published === null ? 'not published' : `version ${template.published}`}
                  <span> · {timeAgo(template.updatedAt)}</span>
                </span>
              </button>
            </li>
          ))}
        </ul>
        {matching.length > shown.length && (
          <p className={style.more}>
            The {shown.length.toLocaleString('en')} that changed last are shown.{' '}
            <Button onClick={search.showMore}>Show more</Button>
          </p>
        )}
        {complete && found.length === 0 && !problem && (
          <p className={style.empty}>No template yet. Begin one: you see it for real people while you write.</p>
        )}
      </main>
      {creating && <NewTemplate onClose={() => setCreating(false)} onCreated={onOpen} />}
    </>
  );
}

function countText(shown: number, all: number, complete: boolean): string {
  const [part, whole] = [shown.toLocaleString('en'), all.toLocaleString('en')];
  const of = shown === all ? whole : `${part} of ${whole}`;
  return complete ? `${of} ${all === 1 ? 'template' : 'templates'}` : `${of} so far …`;
}
