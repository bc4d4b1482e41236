import { compilePath, fieldList, setPath, type DestinationObject, type PushRow, type Row } from '@millrace/sdk';
import { canonicalJson, hashText } from '#platform';

/** How a row is called at the destination: the values of the object's key fields, else the source's key. */
export function rowNames(
  sync: string,
  object: string,
  { key }: Pick<DestinationObject, 'key'>,
): { nameOf: (row: PushRow) => Row; idOf: (row: PushRow) => string } {
  const fields = fieldList(key).map((field) => ({ field, read: compilePath(field) }));
  const prefix = `${sync}/${object}/`;
  const nameOf = (row: PushRow): Row => {
    const name: Row = {};
    for (const { field, read } of fields) setPath(name, field, read(row.record));
    return name;
  };
  const idOf = (row: PushRow): string => {
    const values = fields.map(({ read }) => read(row.record) ?? null);
    const known = values.length > 0 && values.every((value) => value !== null);
    return hashText(prefix + canonicalJson(known ? values : [row.key]));
  };
  return { nameOf, idOf };
}
