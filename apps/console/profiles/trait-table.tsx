import type { Profile } from '../api/index.ts';
import { momentText } from '../runs/index.ts';
import { SourceName, type SourceOf } from '../sources/index.ts';
import { valueText } from './words.ts';
import style from './trait-table.module.css';

interface Props {
  profile: Profile;
  sourceOf: SourceOf;
}

/** Each value with the record that said it, and when; what was computed from what happened stands behind. */
export function TraitTable({ profile: { traits, computed, origins, masked }, sourceOf }: Props) {
  const names = Object.keys(traits).toSorted((a, b) => a.localeCompare(b));
  const computedNames = Object.keys(computed).toSorted((a, b) => a.localeCompare(b));
  if (names.length + computedNames.length === 0) return <p>No trait is known.</p>;
  return (
    <section aria-labelledby="traits">
      <h2 id="traits">Traits</h2>
      <div className={`card ${style.card}`}>
        <table className={style.traits}>
          <thead>
            <tr>
              <th scope="col">Trait</th>
              <th scope="col">Value</th>
              <th scope="col">Said by</th>
              <th scope="col">At</th>
            </tr>
          </thead>
          <tbody>
            {names.map((name) => {
              const origin = origins[name];
              return (
                <tr key={name}>
                  <th scope="row">{name}</th>
                  <td>
                    <bdi>{valueText(traits[name])}</bdi>
                    {masked.includes(name) && <small> masked: operators see it</small>}
                  </td>
                  <td>
                    {origin ? (
                      <>
                        <SourceName source={sourceOf(origin)} />
                        <small> record {origin.key}</small>
                      </>
                    ) : (
                      'unknown'
                    )}
                  </td>
                  <td>{origin && momentText(origin.at)}</td>
                </tr>
              );
            })}
            {computedNames.map((name) => (
              <tr key={`computed ${name}`}>
                <th scope="row">{name}</th>
                <td>
                  <bdi>{valueText(computed[name])}</bdi>
                </td>
                <td>computed from what happened</td>
                <td />
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
