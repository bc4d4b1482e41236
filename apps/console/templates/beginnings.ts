import type { Draft } from '../drafts/index.ts';

export interface Beginning {
  title: string;
  note: string;
  parts: Pick<Draft, 'subject' | 'preheader' | 'source'>;
}

const letter = (content: string): string => `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
  </head>
  <body style="margin:0;padding:32px 16px;background-color:#f4f3ee;">
    <div style="max-width:560px;margin:0 auto;padding:32px;background-color:#ffffff;border-radius:8px;font:16px/1.5 Helvetica,Arial,sans-serif;color:#1b211e;">
${content}
    </div>
  </body>
</html>
`;

/** What a new template may start from. */
export const beginnings: readonly Beginning[] = [
  {
    title: 'A letter',
    note: 'A greeting with a fallback, and room for a few words',
    parts: {
      subject: '{{defaultIfEmpty firstName "Hello"}}, a word with you',
      preheader: '',
      source: letter(`      <p>Hello {{defaultIfEmpty firstName "there"}},</p>
      <p></p>`),
    },
  },
  {
    title: 'After an order',
    note: 'The last order line by line, and something for those who have none',
    parts: {
      subject: 'Your order{{#if lastOrder}} {{lastOrder.id}}{{/if}}',
      preheader: '{{#if lastOrder}}What you chose{{else}}Have a look around{{/if}}',
      source: letter(`      <p>Hello {{defaultIfEmpty firstName "there"}},</p>
      {{#if lastOrder}}
      <p>thank you for your order {{lastOrder.id}}:</p>
      <ul>
        {{#each lastOrder.lines}}
        <li>{{quantity}} × {{name}}</li>
        {{/each}}
      </ul>
      {{else}}
      <p>you have not ordered anything yet.</p>
      {{/if}}`),
    },
  },
  {
    title: 'An empty page',
    note: 'For HTML that you have already',
    parts: { subject: 'Hello', preheader: '', source: '<p></p>\n' },
  },
];
