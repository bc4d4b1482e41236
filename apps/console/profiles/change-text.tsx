import type { RecordChange } from '../api/index.ts';
import { identityText, SourceName, type SourceOf } from '../sources/index.ts';
import { valueText } from './words.ts';

/** What a record said anew: each trait before and after. */
export function ChangeText({ change, sourceOf }: { change: RecordChange; sourceOf: SourceOf }) {
  const { key, traits, identities } = change;
  const gone = identities?.before.filter((one) => !identities.after.includes(one)) ?? [];
  const come = identities?.after.filter((one) => !identities.before.includes(one)) ?? [];
  const namesOf = (keys: string[]) => keys.map((key) => identityText(key, sourceOf)).join(', ');
  return (
    <>
      <p>
        <SourceName source={sourceOf(change)} /> <small>record {key}</small>
      </p>
      {Object.entries(traits).map(([name, { before, after }]) => (
        <p key={name}>
          {name} {before !== null && <del>{valueText(before)}</del>}
          {before !== null && after !== null && ' → '}
          {after !== null && <ins>{valueText(after)}</ins>}
        </p>
      ))}
      {gone.length + come.length > 0 && (
        <p>
          identities <del>{namesOf(gone)}</del>
          {gone.length > 0 && come.length > 0 && ' → '}
          <ins>{namesOf(come)}</ins>
        </p>
      )}
    </>
  );
}
