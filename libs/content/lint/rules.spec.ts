import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MailPart, TemplateParts } from '../compose/index.ts';
import { guardTemplate } from '../guard/index.ts';
import { knownHelpers } from '../helpers/index.ts';
import { outlineOf } from '../tokens/index.ts';
import type { Use } from '../uses/index.ts';
import { applyFix } from './apply-fix.ts';
import type { Finding } from './finding.ts';
import { lintMail } from './lint-mail.ts';
import { LintedPart, type LintedBlock, type LintedMail } from './mail/index.ts';
import { KnownNames, type Share } from './names/index.ts';
import { rules } from './rules/index.ts';

const names = new KnownNames(
  new Map<Use, Share>([
    ['trait:firstName', 0.9],
    ['trait:email', 1],
    ['trait:city', 0.5],
    ['trait:address.zip', 0.5],
    ['trait:company', undefined],
    ['order', undefined],
    ['order:total', 0.4],
    ['order:lines[*].name', 0.4],
    ['trait:tags', 0.4],
    ['trait:tags[*]', 0.4],
  ]),
);

interface Given extends Partial<TemplateParts>, Partial<Omit<LintedMail, 'parts' | 'samples'>> {
  mail?: Partial<LintedMail['samples'][number]['mail']>;
}

const fine = '<a href="{{unsubscribeUrl}}">Unsubscribe</a>';

function find({ subject = 'S', preheader = 'P', source = fine, text, mail, ...more }: Given): Finding[] {
  const given = { subject, preheader, source, ...(text !== undefined && { text }) };
  const parts = Object.entries(given).map(([part, written]) => {
    return new LintedPart(part as MailPart, written, outlineOf(guardTemplate(written, knownHelpers).program, written));
  });
  const outputs = { subject: 'S', preheader: 'P', html: '<p>x</p>', text: 'x', headers: {}, ...mail };
  const prepared = Object.entries(given).map(([name, written]) => ({ name, source: written }));
  const samples = [{ whose: 'for somebody', blank: true, mail: outputs }];
  return lintMail({ parts, prepared, samples, names, purpose: 'marketing', ...more });
}

/** What is wrong, as `rule "what is marked" → what the fix makes of it`. */
function told(given: Given): string[] {
  return find(given).map(({ rule, part, line = 0, column = 0, endColumn = 0, fix }) => {
    const written = part && given[part];
    const source = written?.split('\n')[line - 1] ?? '';
    const marked = part && line > 0 ? ` "${source.slice(column - 1, endColumn - 1)}"` : '';
    const [edit] = fix?.edits ?? [];
    const fixed = fix && edit ? applyFix({ subject: '', source: '', ...given }, fix)[edit.part] : undefined;
    return `${rule}${marked}${fixed === undefined ? '' : ` → ${fixed}`}`;
  });
}

const block = (source: string): LintedBlock => {
  return { slug: 'code', part: new LintedPart('source', source, { tokens: [], conditions: [] }) };
};
const html = (body: string): string => `${body}${fine}`;

describe('the rules', () => {
  const table: [rule: string, given: Given, expected: string[]][] = [
    ['unknown-token', { source: html('{{#if citi}}{{/if}}') }, [`"citi" → ${html('{{#if city}}{{/if}}')}`]],
    ['unknown-token', { source: html('{{#if lastorder}}{{/if}}') }, [`"lastorder" → ${html('{{#if lastOrder}}{{/if}}')}`]],
    ['unknown-token', { source: html('{{#each lastOrder.lines}}{{#if ../zzzzz}}{{/if}}{{#if naem}}{{/if}}{{/each}}') },
      ['"../zzzzz"', `"naem" → ${html('{{#each lastOrder.lines}}{{#if ../zzzzz}}{{/if}}{{#if name}}{{/if}}{{/each}}')}`]],
    ['unknown-token', { source: html('{{#if shoesize}}{{/if}}') }, ['"shoesize"']],
    ['unknown-token', { source: html('{{#if company.size}}{{/if}}{{#if address}}{{/if}}{{#each orders as |o i|}}{{o.lines.[0].name}}{{i}}{{@index}}{{/each}}') }, []],
    ['unknown-token', { source: html('{{#if citi}}{{/if}}'), names: undefined }, []],
    ['unknown-token', { source: html('{{#minInList lastOrder.lines "price"}}{{name}}{{../city}}{{/minInList}}{{tags.size}}{{tags.length}}{{tagz.size}}') }, ['"tagz.size"']],
    ['unnamed-feed', { source: html('[[title]][[news.title]][[#each news.items]][[name]][[/each]][[{html}]][[not one]]{{lookup a "[[b]]"}}') }, ['"[[title]]"', '"[[{html}]]"']],
    ['token-without-fallback', { source: html('[[news.title]][[#each news.items]][[name]]{{city}}[[/each]]') }, [`"city" → ${html('[[news.title]][[#each news.items]][[name]]{{defaultIfEmpty city ""}}[[/each]]')}`]],
    ['token-without-fallback', { source: html('{{#if (or city vip)}}{{city}}{{/if}}{{#if (and email (not city))}}{{city}}{{/if}}') },
      ['city', 'city'].map((_, at) => `"city" → ${html(['{{#if (or city vip)}}{{city}}{{/if}}', '{{#if (and email (not city))}}{{city}}{{/if}}'].map((one, index) => index === at ? one.replace('{{city}}', '{{defaultIfEmpty city ""}}') : one).join(''))}`)],
    ['token-without-fallback', { source: html('{{#if (and city (eq firstName "x"))}}{{city}}{{/if}}') }, []],
    ['token-without-fallback', { source: html('{{city}}') }, [`"city" → ${html('{{defaultIfEmpty city ""}}')}`]],
    ['token-without-fallback', { source: html('{{upper firstName}}') }, [`"firstName" → ${html('{{upper (defaultIfEmpty firstName "there")}}')}`]],
    ['token-without-fallback', { source: html('{{#if city}}{{city}}{{else}}{{email}}{{/if}}{{now}}{{insert city "x"}}{{#with address}}{{zip}}{{/with}}') }, []],
    ['token-without-fallback', { source: html('{{#unless city}}a{{else}}{{city}}{{/unless}}{{#if city}}a{{else}}{{{city}}}{{/if}}') },
      [`"city" → ${html('{{#unless city}}a{{else}}{{city}}{{/unless}}{{#if city}}a{{else}}{{{defaultIfEmpty city ""}}}{{/if}}')}`]],
    ['token-without-fallback', { source: html('{{eq city "Oslo" yes="a" no="b"}}{{upper (not city yes="a" no="b")}}') }, []],
    ['token-without-fallback', { source: html('{{defaultIfEmpty email city}}') }, [`"city" → ${html('{{defaultIfEmpty email (defaultIfEmpty city "")}}')}`]],
    ['blank-greeting', { source: html('<p>Hi <b>{{firstName}}</b>,</p>') }, [`"firstName" → ${html('<p>Hi <b>{{defaultIfEmpty firstName "there"}}</b>,</p>')}`]],
    ['blank-greeting', { subject: 'Hello {{upper firstName}}!' }, ['"firstName" → Hello {{upper (defaultIfEmpty firstName "there")}}!']],
    ['blank-greeting', { mail: { text: 'Hi ,\nnews' } }, ['']],
    ['blank-greeting', { source: html('Hi {{defaultIfEmpty firstName "you"}}, Delhi {{email}}'), mail: { text: 'Hello, your order' } }, []],
    ['typographic-quotes', { source: html('“a” {{#if (eq city “x”)}}{{/if}}') }, [`"“" → ${html('“a” {{#if (eq city "x")}}{{/if}}')}`]],
    ['typographic-quotes', { source: html('[[news.[“a:b”]]]') }, [`"“" → ${html('[[news.["a:b"]]]')}`]],
    ['typographic-quotes', { source: html('[[news.[‘a:b’].[0].["“c”"]]]') }, [`"‘" → ${html('[[news.["a:b"].[0].["“c”"]]]')}`]],
    ['typographic-quotes', { source: html('[[news.[l’ami]]]{{news.[“x”]}}') }, []],
    ['typographic-quotes', { source: html('[[news.[the boys’]]][[news.[“best” of]]][[news.[the “best”]]]') }, []],
    ['typographic-quotes', { source: html('[[news.[“a:b"]]]') }, [`"“" → ${html('[[news.["a:b"]]]')}`]],
    ['typographic-quotes', { source: html('{{defaultIfEmpty city "it’s “here”"}}') }, []],
    ['literal-code', { mail: { html: 'a {{b' } }, ['']],
    ['literal-code', { mail: { html: '<style>@media(max-width:600px){.a{color:blue}}</style><p>x</p>' } }, []],
    ['literal-code', { mail: { html: 'Hi {firstName}}' } }, ['']],
    ['literal-code', { mail: { text: 'a [object Object] NaN' } }, ['', '']],
    ['literal-code', { source: html('undefined \\{{x}}'), mail: { html: 'undefined {{x}}' } }, []],
    ['literal-code', { source: html('undefined \\{{x}}'), mail: { text: 'undefined {{x}}' } }, []],
    ['literal-code', { source: html('undefined \\{{x}}'), text: 'x', mail: { text: '{{x' } }, ['']],
    ['literal-code', { source: html('{{> code}}'), blocks: [block('undefined \\{{x}}')], prepared: [{ name: 'source', source: '\\{{x}}' }], mail: { html: 'undefined {{x}}', text: 'undefined {{x}}' } }, []],
    ['literal-code', { preheader: 'undefined \\{{x}}', mail: { preheader: 'undefined {{x}}', html: '<div>undefined {{x}}</div>' } }, []],
    ['literal-code', { preheader: '\\{{x}}', mail: { subject: 'a {{b' } }, ['']],
    ['literal-code', { source: html('{{> code}}'), blocks: [block('\\{{x}}')], mail: { subject: 'a {{b' } }, ['']],
    ['missing-unsubscribe', { source: '<body><p>x</p></body>' }, [' → <body><p>x</p><p><a href="{{unsubscribeUrl}}">Unsubscribe</a></p></body>']],
    ['missing-unsubscribe', { source: '<a href="https://x.example/y">Abmelden</a>' }, []],
    ['missing-unsubscribe', { source: '{{> link to=unsubscribeUrl}}', mail: { html: '<a href="https://example.com/unsubscribe">Bye</a>' } }, []],
    ['missing-unsubscribe', { source: 'x', purpose: 'transactional' }, []],
    ['unsafe-link', { source: html('<a href=" javascript:x()">') }, ['" javascript:x()"']],
    ['unsafe-link', { source: html('<a href="&#106;avascript&colon;x">') }, ['"&#106;avascript&colon;x"']],
    ['unsafe-link', { source: html('<a href="java\tscript:x">a</a><a href=\'data:text/html,x\'>b</a>') }, ['"java\tscript:x"', '"data:text/html,x"']],
    ['empty-link', { source: html('<a href="">a</a><a href=#>b</a><a href="https://">c</a><a href="#top">d</a><a name="e">e</a>') }, ['""', '"#"', '"https://"']],
    ['insecure-link', { source: html('<a href="http://x.example/?q={{lookup a "b"}}">') }, [`"http://x.example/?q={{lookup a "b"}}" → ${html('<a href="https://x.example/?q={{lookup a "b"}}">')}`]],
    ['insecure-link', { source: html('<a {{#if city}}href="https://x.example"{{/if}} title="http://x">') }, []],
    ['relative-link', { source: html('<a href="/shop">a</a><a href="{{#if city}}x{{/if}}">b</a><a href="mailto:a@x.example">c</a><a href="//x.example">d</a>') }, ['"/shop"', '"//x.example"']],
    ['relative-link', { source: html('<a href="[[news.url]]">a</a>[[#each news.items]]<a href=" [[url]]">b</a>[[/each]]<a href="[[title]]">c</a>') }, ['"[[title]]"']],
    ['image-without-alt', { source: html('<img src="https://x.example/a.png"/>') }, [`"<img src="https://x.example/a.png"/>" → ${html('<img alt="" src="https://x.example/a.png"/>')}`]],
    ['image-without-alt', { source: html('<img alt="" src="{{#if city}}"{{/if}}">') }, []],
    ['image-without-alt', { source: html('{{!-- <img src="/a"> {{x}} --}}{{! <img> }}{{~! <img> }}') }, []],
    ['insecure-image', { source: html('<IMG alt="a" SRC=http://x.example/a.png>') }, [`"http://x.example/a.png" → ${html('<IMG alt="a" SRC=https://x.example/a.png>')}`]],
    ['remote-style', { source: html('<link rel="stylesheet" href="https://f.example/a.css"><link rel="icon" href="https://f.example/i"><mj-font name="A" href="//f.example/a"/>') },
      ['"https://f.example/a.css"', '"//f.example/a"']],
    ['remote-style', { source: html('<style>@import url(https://f.example/b);@font-face{font-family:A;src:local("A"),url("https://f.example/a.woff2")} p{background:url(https://x.example/a.png)}</style>') },
      ['"https://f.example/b"', '"https://f.example/a.woff2"']],
    ['remote-style', { source: html('<style>/* @import url(https://f.example/b) */ @import "{{feeds.brand.css}}"; @font-face{src:url(data:font/woff2;base64,AA)}</style><p>@import url(https://f.example)</p>') },
      ['"{{feeds.brand.css}}"']],
    ...([
      ['{{#if city}}<mj-column>a</mj-column>{{/if}}<mj-column>b</mj-column>', ['"<mj-column>"']],
      ['<mj-column width="50%">a</mj-column>{{#if city}}<mj-column width="50%">b</mj-column>{{else if email}}<mj-column>c</mj-column>{{/if}}', ['"<mj-column width="50%">"']],
      ['{{#if city}}<mj-column>a</mj-column>{{else}}<mj-column width="50%">b</mj-column>{{/if}}', ['"<mj-column>"']],
      ['<mj-group><mj-column>a</mj-column>[[#if news.a]]<MJ-COLUMN>b</MJ-COLUMN>[[/if]]</mj-group><mj-column>c</mj-column>', ['"<MJ-COLUMN>"']],
      ['<mj-column>a</mj-column>{{#if city}}<mj-group><mj-column>b</mj-column><mj-column>c</mj-column></mj-group>{{/if}}', ['"<mj-group>"']],
      ['{{#if city}}<mj-column>a</mj-column><mj-column>b</mj-column>{{/if}}', []],
      ['<mj-column>{{#if city}}a{{/if}}</mj-column>{{city}}<mj-column>b</mj-column><!-- {{#if city}}<mj-column>{{/if}} -->', []],
      ['{{!-- <mj-column>old</mj-column> --}}{{#if city}}<mj-column>a</mj-column>{{/if}}', []],
      ['{{#if city}}<mj-column width="60%">a</mj-column>{{/if}}<mj-column width="40%">b</mj-column>', []],
      ['{{#if city}}<mj-column>a</mj-column>{{/if}}</mj-section>{{#if email}}<mj-section><mj-column>b</mj-column><mj-column>c</mj-column></mj-section>{{/if}}<mj-section>', []],
    ] satisfies [string, string[]][]).map(([columns, expected]): [string, Given, string[]] => {
      return ['conditional-column', { source: html(`<mj-section>${columns}</mj-section>`) }, expected];
    }),
    ...([
      ['<mj-column width="50%"/>', []],
      ['<mj-all width="50%"/>', []],
      ['<mj-class name="half" width="50%"/>', []],
      ['<mj-class name="other" width="50%"/><mj-column padding="0"/>', ['"<mj-column mj-class="big half">"']],
    ] satisfies [string, string[]][]).map(([attributes, expected]): [string, Given, string[]] => {
      const columns = '{{#if city}}<mj-column mj-class="big half">a</mj-column>{{/if}}<mj-column mj-class="half">b</mj-column>';
      return ['conditional-column', { source: html(`<mj-attributes>${attributes}</mj-attributes><mj-body><mj-section>${columns}</mj-section></mj-body>`) }, expected];
    }),
    ['too-large-for-gmail', { mail: { html: 'é'.repeat(52_300) } }, ['']],
    ['too-large-for-gmail', { mail: { html: 'e'.repeat(102 * 1024) } }, []],
    ['client-support', { unsupported: [{ feature: 'display:grid', clients: ['outlook.windows'] }] }, ['']],
    ['empty-subject', { subject: '{{defaultIfEmpty city ""}}', mail: { subject: '' } }, ['"{{defaultIfEmpty city ""}}"']],
    ['subject-length', { mail: { subject: 'x'.repeat(61) } }, ['']],
    ['subject-length', { mail: { subject: '😀'.repeat(60) } }, []],
    ['preheader-length', { mail: { preheader: 'x'.repeat(131) } }, ['']],
    ['empty-text', { mail: { text: ' \n' } }, ['']],
    ['missing-lang', { source: `<html>${fine}` }, [`"<html>" → <html lang="{{@locale}}">${fine}`]],
    ['missing-title', { subject: 'News', source: `<head></head>${fine}` }, [`"<head>" → <head><title>News</title></head>${fine}`]],
    ['missing-title', { subject: 'Hi {{email}}', source: `<head></head>${fine}` }, ['"<head>"']],
  ]; // prettier-ignore

  it.each(table)('%s %#', (rule, given, expected) => {
    const found = told(given).filter((one) => one.split(' ')[0] === rule);
    expect(found.map((one) => one.slice(rule.length).replace(/^ (?=")/, ''))).toEqual(expected);
  });

  it('are all in the table', () => {
    expect(new Set(table.map(([rule]) => rule))).toEqual(new Set(rules.map(({ id }) => id)));
  });

  it('find nothing in a good mail, and can be switched off', () => {
    expect(find({})).toEqual([]);
    expect(find({ source: html('<a href="#">a</a>') })).toMatchObject([{ rule: 'empty-link', severity: 'warning' }]);
  });

  it('tell that there is no preheader', () => {
    const source = 'x';
    const parts = [new LintedPart('source', source, outlineOf(guardTemplate(source, knownHelpers).program, source))];
    const mail = { parts, samples: [], purpose: 'transactional' };
    expect(lintMail(mail).map(({ rule }) => rule)).toEqual(['preheader-length']);
    expect(lintMail(mail, new Set(['preheader-length']))).toEqual([]);
  });
});

describe('a fix', () => {
  const leaf = fc.constantFrom(
    'text ', 'Hi ', 'Dear <b>', ',\n', '{{firstName}}', '{{upper city}}', '{{citi}}', '{{{email}}}', '{{defaultIfEmpty city "x"}}', '{{lastOrder.totl}}',
    '{{#if (eq city “x”)}}y{{/if}}', '<a href="http://x.example">', '<a href="#">', '</a>', '<img src="http://x.example/a.png">', '<img src=a>',
    '<a href="{{url}}">', '<html>', '<head>', '<body class="a">', '</body>', '{{#each lastOrder.lines}}{{name}}{{nme}}{{/each}}',
    '<p title=\'{{lookup a "b"}}\'>', '<!-- <a href="#"> -->', '<style>a{}</style>',
  ); // prettier-ignore
  const source = fc
    .array(
      fc.oneof(
        leaf,
        leaf.map((inner) => `{{#if city}}${inner}{{else}}${inner}{{/if}}`),
      ),
      { maxLength: 10 },
    )
    .map((pieces) => pieces.join(''));
  // A token without fallback is a blank greeting where it follows a greeting: what a fix puts between them makes the one the other.
  const keyOf = ({ rule, part }: Finding): string =>
    JSON.stringify([rule === 'blank-greeting' ? 'token-without-fallback' : rule, part]);
  const counted = (findings: readonly Finding[]): Map<string, number> => {
    const counts = new Map<string, number>();
    for (const finding of findings) counts.set(keyOf(finding), (counts.get(keyOf(finding)) ?? 0) + 1);
    return counts;
  };

  it('removes its finding and adds none', () => {
    const check = fc.property(source, fc.constantFrom('S', 'Hi {{firstName}}!', '{{citi}}'), (written, subject) => {
      const before = find({ source: written, subject });
      for (const finding of before) {
        if (!finding.fix) continue;
        const after = counted(find(applyFix({ subject, preheader: 'P', source: written }, finding.fix)));
        const expected = counted(before);
        expected.set(keyOf(finding), (expected.get(keyOf(finding)) ?? 0) - 1);
        for (const [key, count] of after) expect(count).toBeLessThanOrEqual(expected.get(key) ?? 0);
        expect(after.get(keyOf(finding)) ?? 0).toBeLessThanOrEqual(expected.get(keyOf(finding)) ?? 0);
      }
    });
    fc.assert(check, { numRuns: 120, examples: [['Dear <b></body>{{citi}}', 'S']] });
  });
});
