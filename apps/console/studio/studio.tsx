import { useEffect, useState } from 'react';
import { asProblem, patiently, useApi, type ApiProblem, type Template } from '../api/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, Notice, useTitle } from '../ui/index.ts';
import { Workbench } from './workbench.tsx';
import style from './studio.module.css';

interface Props {
  /** Its id or slug. */
  template: string;
  onLeave: () => void;
}

/** Opens a template and gives it to the workbench. */
export function Studio({ template, onLeave }: Props) {
  const api = useApi();
  const [opened, setOpened] = useState<Template>();
  const [problem, setProblem] = useState<ApiProblem>();
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const read = () => api.get<Template>(`api/templates/${encodeURIComponent(template)}`, { signal });
    patiently(read, signal, setProblem)
      .then(setOpened)
      .catch((thrown: unknown) => signal.aborted || setProblem(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, template]);
  if (opened) return <Workbench template={opened} onLeave={onLeave} />;
  return <Opening problem={problem} onLeave={onLeave} />;
}

function Opening({ problem, onLeave }: { problem?: ApiProblem; onLeave: () => void }) {
  useTitle('Template', 'Templates');
  return (
    <>
      <TopBar>
        <Button kind="quiet" icon="back" onClick={onLeave}>
          Templates
        </Button>
      </TopBar>
      <main className={style.opening}>
        {problem ? <Notice kind="problem">{messageOf(problem)}</Notice> : <p>Opening …</p>}
      </main>
    </>
  );
}

/** An address that leads nowhere is told to people who know no routes. */
function messageOf({ status, message }: ApiProblem): string {
  if (status !== 400 && status !== 404) return message;
  return 'There is no such template: it was removed, or the address is not whole. Look for it among the templates.';
}
