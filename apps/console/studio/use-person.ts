import { useCallback, useEffect, useRef, useState } from 'react';
import { asProblem, useApi } from '../api/index.ts';
import { madeUp, randomPerson, type Person } from '../people/index.ts';

/** Resolves once the person is there, or somebody else was picked meanwhile. Rejects when there is no such person. */
export type PickPerson = (find: () => Promise<Person>) => Promise<void>;

/** Whom one looks at: at first somebody at random, or nobody in particular where there is nobody. The latest pick counts, however slow the others are. */
export function usePerson(wanted: boolean): [Person | undefined, PickPerson, string | undefined] {
  const api = useApi();
  const [person, setPerson] = useState<Person>();
  const [problem, setProblem] = useState<string>();
  const picks = useRef(0);
  const pick = useCallback<PickPerson>(async (find) => {
    const mine = ++picks.current;
    const found = await find();
    if (mine === picks.current) setPerson(found);
  }, []);
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
  return [person, pick, problem];
}
