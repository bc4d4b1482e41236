import { useState } from 'react';
import { asProblem, useApi, type MailPart } from '../api/index.ts';
import { Circumstances, PersonPicker, readPerson, type Circumstance, type Person } from '../people/index.ts';
import { PreviewPane, type PreviewState } from '../preview/index.ts';
import { Notice, Switch, useAnnounce } from '../ui/index.ts';
import type { VariantsState } from '../variants/index.ts';
import type { PickPerson } from './use-person.ts';
import style from './look-pane.module.css';

interface Props {
  preview: PreviewState;
  person: Person | undefined;
  personProblem: string | undefined;
  onPick: PickPerson;
  findEdgeCase: () => Promise<Person>;
  circumstance: Circumstance;
  onCircumstance: (circumstance: Circumstance) => void;
  onGoTo: (part: MailPart, line: number, column: number) => void;
  readOnly: boolean;
  variants: VariantsState | undefined;
}

export function LookPane(props: Props) {
  const { preview, person, personProblem, onPick, circumstance, onCircumstance, onGoTo, readOnly, variants } = props;
  const api = useApi();
  const announce = useAnnounce();
  const [opened, setOpened] = useState(false);
  const { asOf, whatIfs, event } = circumstance;
  const supposes = asOf !== '' || whatIfs.length > 0 || event !== undefined;
  if (readOnly) return <section className={style.look} aria-label="Preview" />;
  return (
    <section className={style.look} aria-label="Preview">
      <div className={style.whom}>
        <PersonPicker person={person} onPick={onPick} findEdgeCase={props.findEdgeCase} />
        <Switch icon="sliders" on={opened || supposes} onChange={() => setOpened(!opened)}>
          What if
        </Switch>
      </div>
      {personProblem !== undefined && <Notice kind="problem">{personProblem}</Notice>}
      {opened && (
        <Circumstances
          circumstance={circumstance}
          onChange={onCircumstance}
          traits={Object.keys(person?.traits ?? {})}
        />
      )}
      <PreviewPane
        preview={preview}
        onGoTo={onGoTo}
        variants={variants}
        onPerson={(id) =>
          void onPick(() => readPerson(api, { id })).catch((thrown: unknown) => announce(asProblem(thrown).message))
        }
      />
    </section>
  );
}
