import { useGrowingList, type AlertRule, type Channel } from '../api/index.ts';
import { ListRow, Trouble } from '../rooms/index.ts';
import { go } from '../routing/index.ts';
import { mayOperate, useSignedIn } from '../session/index.ts';
import { TopBar } from '../shell/index.ts';
import { Button, hasWords, ListRoom, SearchField, timeAgo, useSearch } from '../ui/index.ts';
import { ChannelBadge, RuleBadge } from './badges.tsx';
import { NewChannelLinks } from './new-channel-links.tsx';
import { useAlerts } from './use-alerts.ts';
import { firedText, ruleState, toText, typeTitles, watchedText } from './words.ts';

/** Milliseconds between two looks at all of them. */
const every = 10_000;

/** The rules, each with what it watches, whom it tells and whether it has; and where messages go. */
export function AlertList() {
  const { holder } = useSignedIn();
  const { found: rules, complete, problem, again } = useGrowingList<AlertRule>('api/alerts/rules', { every });
  const channels = useGrowingList<Channel>('api/alerts/channels', { every });
  const { open, known } = useAlerts();
  const search = useSearch('');
  const { wanted } = search;
  const matching = rules.filter((rule) =>
    hasWords([rule.name, rule.slug, watchedText(rule), toText(rule, channels.found)].join(' '), wanted),
  );
  const { shown, onMore } = search.part(matching);
  const nothing =
    wanted === '' ? (
      'No alert rule yet: nobody is told when a sync fails. A rule says who is told what about which syncs.'
    ) : (
      <>
        No rule is like that. <Button onClick={() => search.want('')}>Show all</Button>
      </>
    );
  return (
    <>
      <TopBar house="alerts" />
      <Trouble
        problem={problem ?? channels.problem}
        onAgain={() => [again, channels.again].forEach((read) => read())}
      />
      <ListRoom
        title="Alerts"
        action={
          mayOperate(holder) && (
            <Button kind="main" icon="plus" onClick={() => go({ room: 'newAlertRule' })}>
              New rule
            </Button>
          )
        }
        tools={
          <SearchField
            label="Search rules by name, what they watch or whom they tell"
            placeholder="Name, what it watches, whom it tells"
            value={wanted}
            onChange={search.want}
          />
        }
        count={{ matching: matching.length, all: rules.length, complete, problem, one: 'rule', many: 'rules' }}
        onMore={onMore}
        empty={complete && matching.length === 0 && (wanted !== '' || !problem) && nothing}
        apart={
          channels.complete && {
            title: 'Channels: where messages go',
            rows: channels.found.map((channel) => (
              <ListRow
                key={channel.id}
                to={{ room: 'channel', channel: channel.slug }}
                badge={<ChannelBadge channel={channel} />}
                name={channel.name}
                aside={channel.lastDelivery ? `last message ${timeAgo(channel.lastDelivery.at)}` : ''}
                detail={typeTitles[channel.type]}
                more={channel.lastDelivery?.ok === false ? (channel.lastDelivery.message ?? '') : ''}
              />
            )),
            below: mayOperate(holder) && <NewChannelLinks />,
          }
        }
      >
        {shown.map((rule) => (
          <ListRow
            key={rule.id}
            to={{ room: 'alertRule', rule: rule.slug }}
            badge={known && <RuleBadge state={ruleState(rule, open)} />}
            name={rule.name ?? rule.slug}
            aside={known ? firedText(rule, open) : ''}
            detail={watchedText(rule)}
            more={toText(rule, channels.found)}
          />
        ))}
      </ListRoom>
    </>
  );
}
