import { document, html, type Html } from '#platform';
import { mailCard } from '../preview/index.ts';
import type { SharedMail, StoredShare } from './share.schema.ts';

/** The page that a shared link opens: the mail, and what it is. */
export function sharePage(
  { template, hash, masked, by, expiresAt }: StoredShare,
  mail: SharedMail,
  mailPath: string,
): string {
  const until = `${expiresAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const body = html`<main class="page">
    <header class="top">
      <h1><span class="brand">Millrace</span> Shared preview</h1>
      <p>
        ${template.name} · shared by ${by.name} · not
        sent,${masked ? html` <b>sensitive values are masked</b>,` : undefined} links do nothing
      </p>
    </header>
    ${mailCard(mail, mailPath)}
    <section class="card">
      <h2 class="facts">This mail</h2>
      <dl>
        ${fact('Template', versionOf(template))} ${fact('As of', `${mail.clock.slice(0, 16).replace('T', ' ')} UTC`)}
        ${fact('This link works until', until)} ${fact('Hash', html`<code>${hash.slice(0, 16)}</code>`)}
      </dl>
    </section>
  </main>`;
  return document(`${mail.subject} – shared preview`, body);
}

function fact(name: string, value: string | Html): Html {
  return html`<dt>${name}</dt>
    <dd>${value}</dd>`;
}

function versionOf({ id, version, revision }: StoredShare['template']): string {
  if (id === '') return 'not saved';
  return version === null ? `draft ${revision ?? ''}` : `version ${version}`;
}
