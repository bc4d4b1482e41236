import { useFollowed, type Sync, type Trend, type TrendDay } from '../api/index.ts';
import { countText, durationText } from '../runs/index.ts';
import { Bars } from './bars.tsx';
import style from './trend-picture.module.css';

/** Milliseconds between two looks while no run ends. */
const every = 60_000;

/** Rows and durations of the last thirty days, as two rows of bars and as a table. */
export function TrendPicture({ sync: { id, lastRun } }: { sync: Sync }) {
  const { found } = useFollowed<Trend>(`api/syncs/${id}/trend?days=30`, { every, anew: lastRun?.id });
  const days = found?.days ?? [];
  const used = days.filter(({ ledger, seconds }) => ledger.read > 0 || seconds);
  if (used.length === 0) return null;
  const read = used.map(({ ledger }) => ledger.read);
  const seconds = used.map((day) => day.seconds?.median ?? 0);
  return (
    <section aria-labelledby="trend">
      <h2 id="trend">The last 30 days</h2>
      <div className={`card ${style.trend}`}>
        <figure>
          <figcaption>
            Rows read a day <span>at most {countText(Math.max(...read))}</span>
          </figcaption>
          <Bars values={days.map(({ ledger }) => ledger.read)} marked={days.map(hasTrouble)} />
        </figure>
        <figure>
          <figcaption>
            A run’s duration, the median of a day <span>at most {durationText(Math.max(...seconds))}</span>
          </figcaption>
          <Bars values={days.map((day) => day.seconds?.median ?? 0)} marked={days.map(hasTrouble)} />
        </figure>
        <details>
          <summary>As a table</summary>
          <table>
            <thead>
              <tr>
                <th scope="col">Day</th>
                <th scope="col">Runs</th>
                <th scope="col">Read</th>
                <th scope="col">Rejected</th>
                <th scope="col">Took, median</th>
              </tr>
            </thead>
            <tbody>
              {used.toReversed().map((day) => (
                <tr key={day.day}>
                  <th scope="row">{day.day}</th>
                  <td>{runsText(day)}</td>
                  <td>{countText(day.ledger.read)}</td>
                  <td>{countText(day.ledger.rejected)}</td>
                  <td>{day.seconds ? durationText(day.seconds.median) : ''}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </details>
      </div>
    </section>
  );
}

const hasTrouble = ({ runs }: TrendDay): boolean => (runs.failed ?? 0) > 0;

function runsText({ runs }: TrendDay): string {
  return Object.entries(runs)
    .map(([state, count]) => `${count} ${state}`)
    .join(', ');
}
