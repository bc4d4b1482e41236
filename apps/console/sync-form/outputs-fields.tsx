import type { TargetObject } from '../api/index.ts';
import { FieldGroup, Faults, form } from '../forms/index.ts';
import { Button } from '../ui/index.ts';
import { faultsAt, type Fault } from './faults.ts';
import { MappingFields } from './mapping-fields.tsx';
import { namedObjects, type Settled } from './settle.ts';
import type { OutputDraft } from './sync-draft.ts';

interface Props {
  settled: Settled;
  objects: readonly TargetObject[];
  faults: readonly Fault[];
  /** Undefined: as usual, or as suggested. */
  onChange: (outputs: OutputDraft[] | undefined) => void;
}

/** A mapping for each object that is written. */
export function OutputsFields({ settled, objects, faults, onChange }: Props) {
  const { draft, object: chosen, outputs, isUsual, stream } = settled;
  const others = objects.filter(({ name }) => !outputs.some(({ object }) => object === name));
  const usual =
    draft.outputs && (chosen !== '' || namedObjects(stream, objects).length > 0)
      ? () => onChange(undefined)
      : undefined;
  const several = chosen === '' || outputs.length > 1;
  return (
    <>
      {outputs.map((output) => (
        <MappingFields
          key={output.object}
          output={output}
          isUsual={isUsual}
          stream={stream}
          object={objects.find(({ name }) => name === output.object)}
          faults={faults}
          onChange={(rows) => onChange(outputs.map((one) => (one === output ? { ...output, rows } : one)))}
          onRemove={outputs.length > 1 ? () => onChange(outputs.filter((one) => one !== output)) : undefined}
          onUsual={several ? undefined : usual}
        />
      ))}
      {several && (others.length > 0 || usual) && (
        <FieldGroup title="Also write">
          <div className={form.buttons}>
            {others.map(({ name, title }) => (
              <Button
                key={name}
                type="button"
                icon="plus"
                onClick={() => onChange([...outputs, { object: name, rows: [{ target: '', rule: '' }] }])}
              >
                {title}
              </Button>
            ))}
            {usual && (
              <Button type="button" kind="quiet" icon="history" onClick={usual}>
                Begin anew with what the stream says
              </Button>
            )}
          </div>
        </FieldGroup>
      )}
      <Faults faults={faultsAt(faults, 'mapping')} />
    </>
  );
}
