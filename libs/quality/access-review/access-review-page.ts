import type { KeyConcern, ReviewedKey, ReviewedRole } from '#access';
import { html, type Html } from '#platform';
import { count, day, reportPage, tiles } from '../pages/index.ts';

export interface ReviewedAccess {
  keys: ReviewedKey[];
  roles: ReviewedRole[];
  publicRoutes: ReviewedRole['routes'];
  /** As in `90d`. */
  unusedFor: string;
  adminKeyInSettings: boolean;
  /** There are more keys than these. */
  more: boolean;
}

const concernNames: Record<KeyConcern, { name: string; tone: string }> = {
  unused: { name: 'unused', tone: 'warning' },
  neverExpires: { name: 'never expires', tone: 'warning' },
  admin: { name: 'admin', tone: 'error' },
  expired: { name: 'expired, not revoked', tone: '' },
};

/** Who can do what, to be read, kept and signed. */
export function accessReviewPage(access: ReviewedAccess, at: Date): string {
  const { keys, roles, publicRoutes, unusedFor, adminKeyInSettings } = access;
  const having = (concern: KeyConcern): string =>
    count(keys.filter(({ concerns }) => concerns.includes(concern)).length);
  const lead = `As of ${day(at)}. ${adminKeyInSettings ? 'MILLRACE_ADMIN_KEY is set: one more admin key, in no list, without expiry.' : ''}`;
  return reportPage('Access review', lead, [
    tiles([
      { value: `${count(keys.length)}${access.more ? '+' : ''}`, label: 'keys in use' },
      { value: having('admin'), label: 'admin keys' },
      { value: having('unused'), label: `not used for ${unusedFor}` },
      { value: having('neverExpires'), label: 'without expiry' },
    ]),
    html`<h2>Keys</h2>`,
    keysTable(keys),
    html`<h2>What each role may do</h2>`,
    html`<p class="lead">Each role may also do what those before it may.</p>`,
    html`<div class="card">${routesOf('Everybody, without a key', publicRoutes)}</div>`,
    html`${roles.map(
      ({ role, keys: holders, routes }) =>
        html`<div class="card">
          ${routesOf(`${role} (${count(holders)} ${holders === 1 ? 'key' : 'keys'})`, routes)}
        </div>`,
    )}`,
  ]);
}

function keysTable(keys: ReviewedKey[]): Html {
  return html`<div class="card wide" tabindex="0" role="region" aria-label="Keys">
    <table>
      <thead>
        <tr>
          <th scope="col">Key</th>
          <th scope="col">Role</th>
          <th scope="col">Made</th>
          <th scope="col">Last used</th>
          <th scope="col">Expires</th>
          <th scope="col">To look at</th>
        </tr>
      </thead>
      <tbody>
        ${keys.map(
          ({ id, name, role, createdAt, lastUsedAt, expiresAt, concerns }) =>
            html`<tr>
              <td>${name}<br /><code>${id}</code></td>
              <td>${role}</td>
              <td>${day(createdAt)}</td>
              <td>${lastUsedAt ? day(lastUsedAt) : 'never'}</td>
              <td>${expiresAt ? day(expiresAt) : 'never'}</td>
              <td>
                ${concerns.map((concern) => html`<span class="tag ${concernNames[concern].tone}">${concernNames[concern].name}</span> `)}
              </td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function routesOf(title: string, routes: ReviewedRole['routes']): Html {
  return html`<h3>${title}</h3>
    <details>
      <summary>${routes.length} ${routes.length === 1 ? 'route' : 'routes'}</summary>
      <ul class="plain">
        ${routes.map(({ method, path }) => html`<li><code>${method} ${path}</code></li>`)}
      </ul>
    </details>`;
}
