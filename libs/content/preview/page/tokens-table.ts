import type { ComposedToken } from '../../compose/index.ts';
import { html, type Html } from '#platform';

const mostRows = 200;

/** Which token showed what, and why. */
export function tokensTable(tokens: readonly ComposedToken[]): Html {
  if (tokens.length === 0) return html`<p class="none">This mail has no tokens: everybody gets the same.</p>`;
  const rest = tokens.length - mostRows;
  return html`<div class="tokens" tabindex="0" role="region" aria-label="Tokens">
      <table>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Value and origin</th>
          </tr>
        </thead>
        <tbody>
          ${sorted(tokens).slice(0, mostRows).map(row)}
        </tbody>
      </table>
    </div>
    ${rest > 0 ? html`<p class="none">and ${rest} more</p>` : undefined}`;
}

function row(token: ComposedToken): Html {
  return html`<tr class="${stateOf(token)}">
    <td>
      <code>${breakable(token.path)}</code>
      <span class="small">${partNames[token.part]}, line ${token.line}${useNames[token.use]}</span>
    </td>
    <td>${valueOf(token)}</td>
  </tr>`;
}

/** What wants a look comes first; else as the mail goes. */
function sorted(tokens: readonly ComposedToken[]): ComposedToken[] {
  const order = ['missing', 'fallback', 'present', 'empty'];
  return [...tokens].sort((a, b) => order.indexOf(stateOf(a)) - order.indexOf(stateOf(b)));
}

/** Long paths break behind their dots. */
function breakable(path: string): Html[] {
  return path.split(/(?<=\.)/).map((part) => html`${part}<wbr />`);
}

function stateOf({ missing, fallback, use }: ComposedToken): string {
  if (!missing) return 'present';
  if (fallback !== null) return 'fallback';
  return use === 'text' ? 'missing' : 'empty';
}

function valueOf(token: ComposedToken): Html {
  const { value, missing, fallback, use } = token;
  if (!missing)
    return html`${typeof value === 'object' ? JSON.stringify(value) : String(value)}<span class="small"
        >${originOf(token)}</span
      >`;
  if (fallback !== null)
    return html`${fallback} <span class="tag">fallback</span><span class="small">The value is missing</span>`;
  if (use !== 'text') return html`<span class="tag">not there</span>`;
  return html`<span class="tag">missing</span><span class="small">No value and no fallback</span>`;
}

export const partNames = {
  subject: 'Subject',
  preheader: 'Preheader',
  source: 'HTML',
  text: 'Text',
  fromName: 'Sender',
  replyTo: 'Reply address',
};
const useNames = { text: '', condition: ', condition', list: ', list', argument: ', for a block' };

function originOf({ origin }: ComposedToken): string {
  if (!origin) return 'Origin unknown';
  const { kind, connection, connectionName = connection, stream, key, at } = origin;
  const place = [connectionName, stream].filter((part) => part !== undefined).join(' / ');
  const day = at?.slice(0, 10);
  const known = [place, key === undefined || kind === 'profile' ? undefined : `record ${key}`, day]
    .filter(Boolean)
    .join(' · ');
  switch (kind) {
    case 'change':
      return 'Changed for this preview';
    case 'sample':
      return 'Made-up data';
    case 'link':
      return 'the link to unsubscribe';
    case 'clock':
      return 'The moment of the mail';
    case 'profile':
      return 'The profile';
    case 'computed':
      return 'Computed trait';
    case 'consent':
      return 'Consent';
    case 'order':
      return `Order ${key}${place ? ` · ${place}` : ''}${day ? ` · ${day}` : ''}`;
    case 'product':
      return `Product ${key}${place ? ` · ${place}` : ''}`;
    case 'event':
      return `Event${day ? ` · ${day}` : ''}`;
    case 'feed':
      return `Feed ${key}${day ? ` · ${day}` : ''}`;
    case 'block':
      return `Written in the use of block ${key}`;
    case 'trait':
      return known || 'Trait';
  }
}
