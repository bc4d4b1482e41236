import { itemsOf, type AlertNotice } from '../messages/notice.ts';

const listed = 10;
const longestSection = 2_900; // Slack refuses more than 3,000

interface Block {
  type: 'section' | 'context';
  text?: { type: 'mrkdwn'; text: string };
  elements?: { type: 'mrkdwn'; text: string }[];
}

/** The body for an incoming webhook of Slack: `text` is what notifications and simpler systems show. */
export function slackMessage({ type, data }: AlertNotice): { text: string; blocks: Block[] } {
  const text = `${signOf({ type, data })} ${escaped(data.title)}`;
  const { items, count } = itemsOf(data);
  const lines = items.slice(0, listed).map(({ name, message }) => `• *${escaped(name)}*: ${escaped(message)}`);
  const more = count > listed ? [`and ${count - listed} more`] : [];
  const body = [...lines, ...more].join('\n').slice(0, longestSection);
  const times = data.recoveredAt ? `from ${data.since} to ${data.recoveredAt}` : `since ${data.since}`;
  return {
    text,
    blocks: [
      section(`*${text}*`),
      ...(body ? [section(body)] : []),
      section(escaped(data.advice)),
      {
        type: 'context',
        elements: [{ type: 'mrkdwn', text: `${escaped(data.rule.name)} · ${times} · <${data.url}|Details>` }],
      },
    ],
  };
}

function signOf({ type, data }: Pick<AlertNotice, 'type' | 'data'>): string {
  if (type === 'alert.test') return ':wave:';
  if (type !== 'alert.recovered') return ':rotating_light:';
  return data.withdrawn ? ':no_bell:' : ':white_check_mark:';
}

function section(text: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text } };
}

/** As Slack asks: a name such as `<!channel>` shall not wake everybody. */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
