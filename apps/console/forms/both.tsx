import style from './both.module.css';

/** A value that somebody else has saved meanwhile, and the one that is filled in here; empty: nothing. */
export type BothRow = [title: string, theirs: string, yours: string];

interface Props {
  rows: readonly BothRow[];
  /** Where nothing differs. */
  same: string;
}

/** What somebody else has saved meanwhile beside what is filled in here, where they differ: whoever chooses sees both. */
export function Both({ rows, same }: Props) {
  const different = rows.filter(([, theirs, yours]) => theirs !== yours);
  if (different.length === 0) return <p>{same}</p>;
  return (
    <table className={style.both}>
      <caption className="unseen">Where they differ</caption>
      <thead>
        <tr>
          <th scope="col">Differs</th>
          <th scope="col">Theirs</th>
          <th scope="col">Yours</th>
        </tr>
      </thead>
      <tbody>
        {different.map(([title, ...both]) => (
          <tr key={title}>
            <th scope="row">{title}</th>
            {both.map((text, i) => (
              <td key={i}>{text === '' ? '(nothing)' : text}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
