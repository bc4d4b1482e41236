import { useEffect, useRef, useState } from 'react';
import { overtakenBy, useGrowingList, type ApiProblem, type Channel, type Sync, type Trigger } from '../api/index.ts';
import { useFilledForm, type FilledForm } from '../drafts/index.ts';
import {
  CancelButton,
  Check,
  Field,
  FieldGroup,
  firstFault,
  form,
  OvertakenNotice,
  RestoredNotice,
} from '../forms/index.ts';
import { Trouble } from '../rooms/index.ts';
import { Button, Notice } from '../ui/index.ts';
import { ChosenField } from './chosen-field.tsx';
import { ConditionFields } from './condition-fields.tsx';
import { NewChannelLinks } from './new-channel-links.tsx';
import { RuleBoth } from './rule-both.tsx';
import { slugIn, type RuleDraft } from './rule-draft.ts';
import { faultsAt, faultsOf, lacksOf, type Fault, type Place } from './rule-faults.ts';
import { channelOf } from './words.ts';

interface Props {
  /** Names the form in this tab. */
  place: string;
  /** As it is before anybody fills it in. */
  blank: RuleDraft;
  /** Why it was not saved. */
  problem: ApiProblem | undefined;
  busy: boolean;
  onSave: (filled: FilledForm<RuleDraft>, draft: RuleDraft) => void;
  /** Somebody else changed it meanwhile, and that is to be taken; absent: it is yet to be made. */
  onTheirs?: () => void;
  /** Where the API has what is saved: then both are shown. */
  path?: string;
  onLeave: () => void;
}

/** Who is told what about which syncs. */
export function RuleForm({ place, blank, problem, busy, onSave, onTheirs, path, onLeave }: Props) {
  const filled = useFilledForm(place, blank);
  const { draft, dirty, restored, change } = filled;
  const { found: syncs } = useGrowingList<Sync>('api/syncs');
  const { found: triggers } = useGrowingList<Trigger>('api/triggers');
  const channels = useGrowingList<Channel>('api/alerts/channels');
  const [lacks, setLacks] = useState<readonly Fault[]>();
  const element = useRef<HTMLFormElement>(null);
  const faults = lacks ?? (problem ? faultsOf(problem) : []);
  const overtaken = problem && onTheirs && overtakenBy(problem);
  const at = (name: Place) => faultsAt(faults, name);
  useEffect(() => {
    firstFault(element.current)?.focus();
  }, [lacks, problem]);
  const save = (wanted: RuleDraft) => {
    const found = lacksOf(wanted);
    setLacks(found.length > 0 ? found : undefined);
    if (found.length === 0) onSave(filled, wanted);
  };
  const text = (
    label: string,
    field: 'name' | 'labels' | 'wait' | 'repeat',
    more: { required?: boolean; hint?: string },
  ) => (
    <Field label={label} {...more} faults={at(field)}>
      {(tied) => (
        <input
          {...tied}
          value={draft[field]}
          autoComplete="off"
          onChange={({ target }) => change({ [field]: target.value })}
        />
      )}
    </Field>
  );
  const isTold = (channel: Channel) => draft.to.some((ref) => channelOf([channel], ref));
  const unknown = draft.to.filter((ref) => channels.complete && !channelOf(channels.found, ref));
  return (
    <form
      ref={element}
      className={form.form}
      noValidate
      aria-label="Alert rule"
      onSubmit={(event) => {
        event.preventDefault();
        save(draft);
      }}
    >
      {restored && dirty && <RestoredNotice onDiscard={filled.discard} />}
      <Trouble problem={channels.problem} onAgain={channels.again} />
      {text('Name', 'name', { required: true })}
      <ConditionFields draft={draft} faults={faults} onChange={change} />
      {text('Labels', 'labels', {
        hint: 'Only syncs with one of these, with commas between them. Empty, and no sync below: all syncs.',
      })}
      <ChosenField
        title="Syncs"
        hint="Only these, besides those with the labels."
        options={syncs.map(({ id, slug = id, name }) => [slug, name])}
        chosen={draft.syncs}
        faults={at('syncs')}
        onChange={(chosen) => change({ syncs: chosen })}
      />
      {(triggers.length > 0 || draft.triggers.length > 0) && (
        <ChosenField
          title="Triggers"
          hint="Only these, of what is asked about triggers. None: all triggers."
          options={triggers.map(({ slug, name = slug }) => [slug, name])}
          chosen={draft.triggers}
          faults={at('triggers')}
          onChange={(chosen) => change({ triggers: chosen })}
        />
      )}
      <FieldGroup title="Tell" required faults={at('to')}>
        {channels.found.map((channel) => (
          <Check
            key={channel.id}
            label={channel.name}
            checked={isTold(channel)}
            invalid={at('to').length > 0}
            onChange={(wanted) =>
              change({
                to: wanted ? [...draft.to, channel.slug] : draft.to.filter((ref) => !channelOf([channel], ref)),
              })
            }
          />
        ))}
        {unknown.map((ref) => (
          <Check
            key={ref}
            label={`${ref} (not there)`}
            checked
            onChange={() => change({ to: draft.to.filter((one) => one !== ref) })}
          />
        ))}
        {channels.complete && channels.found.length === 0 && (
          <p className={form.hint}>There is no channel yet. What is filled in here is kept while you make one.</p>
        )}
        <NewChannelLinks />
      </FieldGroup>
      {text('Wait for more of it', 'wait', {
        hint: 'Until the first message, so that one dead database is one alert. Such as 30s.',
      })}
      {text('Remind every', 'repeat', { hint: 'While it is still open, such as 24h. Empty: never.' })}
      {blank.revision === undefined && (
        <Field label="Slug" hint="Names it in addresses and in configuration as code." faults={at('slug')}>
          {(tied) => (
            <input
              {...tied}
              value={slugIn(draft)}
              maxLength={63}
              autoComplete="off"
              spellCheck={false}
              onChange={({ target }) => change({ slug: target.value })}
            />
          )}
        </Field>
      )}
      {overtaken !== undefined && onTheirs && (
        <>
          <OvertakenNotice
            what="rule"
            onTheirs={() => {
              filled.forget();
              onTheirs();
            }}
            onMine={() => {
              change({ revision: overtaken });
              save({ ...draft, revision: overtaken });
            }}
          />
          {path !== undefined && <RuleBoth key={overtaken} {...{ path, draft }} />}
        </>
      )}
      {faultsAt(faults).map((message) => (
        <Notice key={message} kind="problem">
          {message}
        </Notice>
      ))}
      <div className={form.buttons}>
        <Button kind="main" icon="save" busy={busy}>
          Save
        </Button>
        <CancelButton dirty={dirty} forget={filled.forget} onLeave={onLeave} />
      </div>
    </form>
  );
}
