import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { asProblem, useApi, type PersonSummary } from '../api/index.ts';
import { RouteLink } from '../routing/index.ts';
import { addressOf } from '../texts/index.ts';
import { Button, Icon } from '../ui/index.ts';
import { firstPerson, isIdentity, personByIdentity, randomPerson, readPerson, searchPeople } from './find-people.ts';
import { madeUp, type Person } from './person.ts';
import style from './person-picker.module.css';

interface Props {
  person: Person | undefined;
  /** Resolves once the person is there. */
  onPick: (find: () => Promise<Person>) => Promise<void>;
  /** Finds somebody whose mail shows the worst of itself. */
  findEdgeCase: () => Promise<Person>;
}

type Option = { title: string; note?: string; pick: () => Promise<Person> };

/** Where nobody has the name that was typed, Enter does not take the one that is always offered. */
const none = -1;

/** A combobox after the ARIA Authoring Practices: type, go through with the arrow keys, take with Enter. */
export function PersonPicker({ person, onPick, findEdgeCase }: Props) {
  const api = useApi();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [wanted, setWanted] = useState<string>();
  const [{ people, of: answered }, setFound] = useState<{ people: PersonSummary[]; of?: string }>({ people: [] });
  const [active, setActive] = useState(0);
  const [problem, setProblem] = useState<string>();
  const open = wanted !== undefined;

  useEffect(() => {
    if (wanted === undefined) return;
    const outdated = new AbortController();
    const timer = setTimeout(() => {
      searchPeople(api, wanted, 8, outdated.signal)
        .then((found) => {
          setFound({ people: found, of: wanted });
          setActive(found.length > 0 || wanted.trim() === '' || isIdentity(wanted.trim()) ? 0 : none);
          setProblem(undefined);
        })
        .catch((thrown: unknown) => !outdated.signal.aborted && setProblem(asProblem(thrown).message));
    }, 150);
    return () => {
      clearTimeout(timer);
      outdated.abort();
    };
  }, [api, wanted]);

  const take = async (pick: () => Promise<Person>) => {
    setWanted(undefined);
    try {
      await onPick(pick);
      setProblem(undefined);
    } catch (thrown) {
      setProblem(asProblem(thrown).message);
    }
  };

  const text = wanted?.trim() ?? '';
  const options: Option[] = [
    ...people.map((found) => ({
      title: found.name ?? addressOf(found) ?? found.id,
      note: addressOf(found),
      pick: () => readPerson(api, found),
    })),
    ...(isIdentity(text) ? [{ title: text, note: 'by identity', pick: () => personByIdentity(api, text) }] : []),
    { title: madeUp.name, note: 'without any trait', pick: () => Promise.resolve(madeUp) },
  ];

  const onKeyDown = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return; // Enter takes what an input method proposes
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      if (!open) return setWanted('');
      setActive((active + step + options.length) % options.length);
    } else if (event.key === 'Enter' && open) {
      event.preventDefault();
      const option = options[active];
      // What is shown may still be the answer to what was typed before.
      if (answered !== wanted || !option) void take(() => firstPerson(api, text));
      else void take(option.pick);
    } else if (event.key === 'Escape' && open) {
      event.preventDefault();
      setWanted(undefined);
    }
  };

  return (
    <div className={style.picker}>
      <span className={style.avatar} aria-hidden="true">
        {[...(person?.name ?? '?')][0]?.toLocaleUpperCase()}
      </span>
      <div className={style.box}>
        <label htmlFor={id} className="unseen">
          Person: search by name or address
        </label>
        <input
          ref={input}
          id={id}
          role="combobox"
          aria-expanded={open}
          aria-controls={`${id}-people`}
          aria-autocomplete="list"
          aria-activedescendant={open && active !== none ? `${id}-${active}` : undefined}
          autoComplete="off"
          spellCheck={false}
          dir="auto"
          placeholder="Name or address"
          value={wanted ?? person?.name ?? ''}
          onFocus={() => input.current?.select()}
          onClick={() => open || setWanted('')}
          onChange={(event) => setWanted(event.target.value)}
          onBlur={() => setWanted(undefined)}
          onKeyDown={onKeyDown}
        />
        <p
          className={problem === undefined ? style.address : style.problem}
          role={problem === undefined ? undefined : 'alert'}
        >
          {problem ?? (person && <Address person={person} />)}
        </p>
        <ul id={`${id}-people`} role="listbox" aria-label="People" className={style.people} hidden={!open}>
          {options.map(({ title, note, pick }, i) => (
            <li
              key={`${title}${note}`}
              id={`${id}-${i}`}
              role="option"
              aria-selected={i === active}
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setActive(i)}
              onClick={() => void take(pick)}
            >
              <bdi>{title}</bdi> {note !== title && <small>{note}</small>}
            </li>
          ))}
        </ul>
      </div>
      <Icon name="search" />
      <Button
        kind="quiet"
        compact
        icon="dice"
        title="Somebody else, at random"
        onClick={() => void take(async () => (await randomPerson(api, person?.id)) ?? madeUp)}
      >
        Random
      </Button>
      <Button
        kind="quiet"
        compact
        icon="warning"
        title="Somebody for whom this mail fails or misses the most"
        onClick={() => void take(findEdgeCase)}
      >
        Edge case
      </Button>
    </div>
  );
}

/** Under the name; of somebody real, it leads to all that is known of them. */
function Address({ person: { id, identity, name, address } }: { person: Person }) {
  const text = address === name ? 'no name' : (address ?? '');
  if (identity === undefined || text === '') return text;
  return (
    <RouteLink to={{ room: 'person', profile: id }} title="What is known of them">
      {text}
    </RouteLink>
  );
}
