import { useEffect, useState } from 'react';
import { asProblem, patiently, useApi, type ApiProblem, type Template } from '../api/index.ts';
import { Trouble } from '../rooms/index.ts';
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
  const [attempt, setAttempt] = useState(0);
  useEffect(() => {
    const leaving = new AbortController();
    const { signal } = leaving;
    const read = () => api.get<Template>(`api/templates/${encodeURIComponent(template)}`, { signal });
    patiently(read, signal, setProblem)
      .then(setOpened)
      .catch((thrown: unknown) => signal.aborted || setProblem(asProblem(thrown)));
    return () => leaving.abort();
  }, [api, template, attempt]);
  const again = () => {
    setProblem(undefined);
    setAttempt(attempt + 1);
  };
  if (opened) return <Workbench template={opened} onLeave={onLeave} />;
  return <Opening problem={problem} onAgain={again} onLeave={onLeave} />;
}

interface OpeningProps {
  problem?: ApiProblem;
  onAgain: () => void;
  onLeave: () => void;
}

function Opening({ problem, onAgain, onLeave }: OpeningProps) {
  useTitle('Template', 'Templates');
  return (
    <>
      <TopBar>
        <Button kind="quiet" icon="back" onClick={onLeave}>
          Templates
        </Button>
      </TopBar>
      <main className={style.opening}>
        {problem && leadsNowhere(problem) ? (
          <Notice kind="problem">
            There is no such template: it was removed, or the address is not whole. Look for it among the templates.
          </Notice>
        ) : (
          <Trouble problem={problem} onAgain={onAgain} />
        )}
        {!problem && <p>Opening …</p>}
      </main>
    </>
  );
}

/** The address; people here know no routes, so it is told in other words than the API's. */
const leadsNowhere = ({ status }: ApiProblem): boolean => status === 400 || status === 404;
