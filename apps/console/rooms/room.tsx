import { Fragment, type ReactNode } from 'react';
import { ApiProblem } from '../api/index.ts';
import { RouteLink, type Route } from '../routing/index.ts';
import { TopBar, type House } from '../shell/index.ts';
import { RoomHeading, useTitle } from '../ui/index.ts';
import { Trouble } from './trouble.tsx';
import style from './room.module.css';

interface Props {
  house: House;
  /** What it is in, from the list on. */
  way: readonly (readonly [name: string, to: Route])[];
  title: string;
  /** How it is. */
  badge?: ReactNode;
  /** Nothing is known of it yet. */
  opening: boolean;
  problem: ApiProblem | undefined;
  onAgain: () => void;
  children: ReactNode;
}

/** Where one thing is looked at. */
export function Room({ house, way, title, badge, opening, problem, onAgain, children }: Props) {
  useTitle(title, ...way.map(([name]) => name).reverse());
  return (
    <>
      <TopBar house={house} />
      <Trouble problem={opening && problem?.status === 404 ? goneFrom(problem) : problem} onAgain={onAgain} />
      <main className={style.page}>
        <nav aria-label="Way back" className={style.way}>
          {way.map(([name, to], i) => (
            <Fragment key={i}>
              {i > 0 && ' / '}
              <RouteLink back to={to}>
                {name}
              </RouteLink>
            </Fragment>
          ))}
        </nav>
        <div className={style.head}>
          <RoomHeading>{title}</RoomHeading>
          {badge}
        </div>
        {opening && !problem && <p>Opening …</p>}
        {children}
      </main>
    </>
  );
}

/** Of what is not there the API goes on with routes, which people here do not know. */
function goneFrom({ status, code, message }: ApiProblem): ApiProblem {
  const [said = message] = message.split(/(?<=\.) /);
  return new ApiProblem(status, code, `${said} It was removed, or the address is not whole.`);
}
