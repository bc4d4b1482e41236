import { useEffect, useState } from 'react';
import { asProblem, useApi } from '../api/index.ts';
import { madeUp, randomPerson, type Person } from '../people/index.ts';

/** Whom one looks at: at first somebody at random, or nobody in particular where there is nobody. */
export function usePerson(wanted: boolean): [Person | undefined, (person: Person) => void, string | undefined] {
  const api = useApi();
  const [person, setPerson] = useState<Person>();
  const [problem, setProblem] = useState<string>();
  useEffect(() => {
    if (!wanted) return;
    let left = false;
    randomPerson(api).then(
      (found) => left || setPerson((chosen) => chosen ?? found ?? madeUp),
      (thrown: unknown) => left || setProblem(asProblem(thrown).message),
    );
    return () => {
      left = true;
    };
  }, [api, wanted]);
  return [person, setPerson, problem];
}
