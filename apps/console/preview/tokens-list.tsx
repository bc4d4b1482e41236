import type { MailPart, Preview, PreviewToken } from '../api/index.ts';
import { Decisions } from './decisions.tsx';
import { originText } from './origin-text.ts';
import { byUrgency, stateOf, type TokenState } from './token-state.ts';
import style from './tokens-list.module.css';

const mostRows = 300;
const partNames: Record<string, string> = {
  subject: 'subject',
  preheader: 'preheader',
  source: 'HTML',
  text: 'plain text',
};
const uses = { text: '', condition: ', decides', list: ', list', argument: ', used' };
const stateTexts: Record<TokenState, string> = {
  missing: 'missing, and no fallback',
  fallback: 'missing: the fallback shows',
  absent: 'not there',
  present: '',
};

interface Props {
  mail: Preview;
  onGoTo: (part: MailPart, line: number, column: number) => void;
}

/** Each token with its value and where that came from; a click leads to its place in the template. */
export function TokensList({ mail, onGoTo }: Props) {
  const { tokens } = mail;
  if (tokens.length === 0) return <p className={style.none}>No tokens: everybody gets the same mail.</p>;
  return (
    <div className={style.tokens} tabIndex={0} role="region" aria-label="Tokens">
      <Decisions mail={mail} onGoTo={onGoTo} />
      <table>
        <thead>
          <tr>
            <th scope="col">Token</th>
            <th scope="col">Value and origin</th>
          </tr>
        </thead>
        <tbody>
          {byUrgency(tokens)
            .slice(0, mostRows)
            .map((token, i) => (
              <tr key={i} className={style[stateOf(token)]}>
                <td>
                  <button
                    type="button"
                    disabled={token.block !== undefined}
                    onClick={() => onGoTo(token.part, token.line, token.column)}
                  >
                    <code>{token.path}</code>
                    <small>
                      {token.block === undefined ? (partNames[token.part] ?? token.part) : `block ${token.block}`}, line{' '}
                      {token.line}
                      {uses[token.use]}
                    </small>
                  </button>
                </td>
                <td>
                  <Value token={token} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
      {tokens.length > mostRows && <p className={style.none}>and {tokens.length - mostRows} more</p>}
    </div>
  );
}

function Value({ token }: { token: PreviewToken }) {
  const state = stateOf(token);
  const shown = state === 'present' ? textOf(token.value) : token.fallback;
  return (
    <>
      {shown !== null && <bdi className={style.value}>{shown.slice(0, 400)}</bdi>}
      <small>{state === 'present' ? originText(token.origin) : <b>{stateTexts[state]}</b>}</small>
    </>
  );
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
