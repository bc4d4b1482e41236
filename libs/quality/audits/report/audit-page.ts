import { html, type Html } from '#platform';
import { count, day, percent, reportPage, tiles } from '../../pages/index.ts';
import { auditSummary, findingsOf, type AuditFindingDto } from '../audit.dto.ts';
import type { Audit } from '../audit.schema.ts';

const states = { running: 'is under way', done: 'is complete', cancelled: 'was called off' };
const faultNames: Record<AuditFindingDto['fault'], string> = {
  missing: 'Missing',
  malformed: 'Malformed',
  inconsistent: 'Inconsistent',
  outdated: 'Outdated',
  duplicate: 'Duplicate suspects',
  orphan: 'Orphans',
  consent: 'Consent',
};

/** An audit's report. @param publicUrl where the API is, for links to connections */
export function auditPage(audit: Audit, publicUrl: string): string {
  const { state, looked, startedAt, endedAt, failed } = auditSummary(audit);
  const findings = findingsOf(audit);
  const lead = `Began ${day(startedAt)}${endedAt === undefined ? '' : `, ended ${day(endedAt)}`}; it ${states[state]}.`;
  const failing = findings.filter(({ passed }) => !passed);
  return reportPage('Data audit', lead, [
    tiles([
      { value: `${failed} of ${findings.length}`, label: 'rules failed' },
      { value: count(looked.profile ?? 0), label: 'profiles looked at' },
      { value: count(looked.order ?? 0), label: 'orders looked at' },
      { value: count(looked.event ?? 0), label: 'events looked at' },
      { value: count(looked.product ?? 0), label: 'products looked at' },
      { value: count(looked.consent ?? 0), label: 'consents looked at' },
    ]),
    html`<h2>What needs a look</h2>`,
    failing.length === 0
      ? html`<p class="none">${endedAt === undefined ? 'Nothing was found so far.' : 'No rule failed.'}</p>`
      : html`${failing.map((finding) => findingCard(finding, publicUrl))}`,
    html`<h2>What is in order</h2>`,
    passedTable(findings.filter(({ passed }) => passed)),
  ]);
}

function findingCard(finding: AuditFindingDto, publicUrl: string): Html {
  const { rule, title, fault, severity, faults, looked, share } = finding;
  const id = `rule-${rule}`;
  return html`<section class="card" aria-labelledby="${id}">
    <div class="head">
      <h3 id="${id}">${title}</h3>
      <span class="tag ${severity}">${severity}</span>
      <span class="tag">${faultNames[fault]}</span>
    </div>
    <p class="facts">
      <b>${count(faults)}</b> of ${count(looked)} (${percent(share)}) · ${trend(finding)} · rule <code>${rule}</code>
    </p>
    <meter min="0" max="1" value="${share.toFixed(4)}" aria-label="Share of faulty records">${percent(share)}</meter>
    ${sourcesTable(finding, publicUrl)} ${samples(finding)}
  </section>`;
}

function trend({ before, faults }: AuditFindingDto): string {
  if (!before) return 'the audit before did not look for this';
  const difference = faults - before.faults;
  if (difference === 0) return 'as many as in the audit before';
  return `${count(Math.abs(difference))} ${difference > 0 ? 'more' : 'fewer'} than in the audit before`;
}

function sourcesTable({ sources }: AuditFindingDto, publicUrl: string): Html | undefined {
  if (sources.length === 0) return undefined;
  return html`<div class="wide" tabindex="0" role="region" aria-label="Where the faults came from">
    <table>
      <caption hidden>
        Where the faults came from
      </caption>
      <thead>
        <tr>
          <th scope="col">Connection</th>
          <th scope="col">Stream</th>
          <th scope="col" class="number">Faults</th>
        </tr>
      </thead>
      <tbody>
        ${sources.slice(0, 20).map(
          ({ connection, connectionName = connection, stream, faults }) =>
            html`<tr>
              <td><a href="${publicUrl}/api/connections/${encodeURIComponent(connection)}">${connectionName}</a></td>
              <td>${stream}</td>
              <td class="number">${count(faults)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}

function samples({ samples: some }: AuditFindingDto): Html | undefined {
  if (some.length === 0) return undefined;
  return html`<details>
    <summary>${some.length} ${some.length === 1 ? 'example' : 'examples'}</summary>
    <ul class="plain">
      ${some.map(
        ({ id, fields, with: others = [] }) =>
          html`<li>
            <code>${id}</code>${others.map((other) => html` and <code>${other}</code>`)}: ${fields.join(', ')}
          </li>`,
      )}
    </ul>
  </details>`;
}

function passedTable(findings: AuditFindingDto[]): Html {
  if (findings.length === 0) return html`<p class="none">Every rule found something.</p>`;
  return html`<div class="card wide" tabindex="0" role="region" aria-label="Rules that passed">
    <table>
      <thead>
        <tr>
          <th scope="col">Rule</th>
          <th scope="col" class="number">Records</th>
          <th scope="col" class="number">Faults</th>
        </tr>
      </thead>
      <tbody>
        ${findings.map(
          ({ title, looked, faults }) =>
            html`<tr>
              <td>${title}</td>
              <td class="number">${count(looked)}</td>
              <td class="number">${count(faults)}</td>
            </tr>`,
        )}
      </tbody>
    </table>
  </div>`;
}
