const product =
  '<tr><td style="padding:12px 24px;border-bottom:1px solid #e4e4e7"><a href="{{url}}" style="color:#18181b;text-decoration:none">' +
  '<img src="https://img.example.com/p/{{id}}.jpg" alt="{{name}}" width="120" height="120" style="display:block;border:0" />' +
  '<span style="display:block;font:600 16px/24px Arial,sans-serif">{{name}}</span>' +
  '{{#if reduced}}<span style="color:#dc2626">Now {{price}} instead of {{reduced}}</span>{{else}}<span>{{price}}</span>{{/if}}</a></td></tr>';

const paragraph = (n: number): string =>
  '<tr><td style="padding:16px 24px;font:400 16px/24px Arial,Helvetica,sans-serif;color:#3f3f46;mso-line-height-rule:exactly">' +
  `<h2 style="margin:0 0 8px;font:700 20px/28px Arial,Helvetica,sans-serif;color:#18181b">Chapter ${n} for {{defaultIfEmpty city "your town"}}</h2>` +
  '<p style="margin:0 0 12px">What you look for, {{defaultIfEmpty firstName "friend"}}, is what we have put together this week: things that last, made by people who ' +
  'know their craft, from workshops that you can visit. {{#if plan}}As you are with us on the plan {{plan}}, shipping is on us.{{/if}}</p>' +
  `<a href="https://shop.example.com/chapter/${n}?c={{country}}" style="display:inline-block;padding:12px 20px;border-radius:6px;background:#1d4ed8;color:#ffffff">` +
  'See more</a></td></tr>';

/** A mail of about 20 KB, as shops send them: inlined styles, six products in a loop, conditions, fallbacks. */
export const mail = {
  subject: '{{defaultIfEmpty firstName "Hello"}}, news from {{city}}',
  preheader: 'Six things for {{defaultIfEmpty firstName "you"}}, and one more',
  source:
    '<!doctype html><html lang="en"><head><meta charset="utf-8" /><title>News</title></head><body style="margin:0;background:#f4f4f5">' +
    '<table role="presentation" width="100%" cellpadding="0" cellspacing="0"><tr><td align="center">' +
    '<table role="presentation" width="600" cellpadding="0" cellspacing="0" style="background:#ffffff">' +
    '<tr><td style="padding:24px"><h1 style="font:700 28px/36px Arial,sans-serif">Hello {{defaultIfEmpty firstName "there"}} {{lastName}}</h1></td></tr>' +
    Array.from({ length: 24 }, (_, n) => paragraph(n + 1)).join('') +
    `{{#each recommended}}${product}{{/each}}` +
    '<tr><td style="padding:24px;font:400 12px/18px Arial,sans-serif;color:#71717a">With us since {{signedUpAt}}. ' +
    '<a href="{{unsubscribeUrl}}">Unsubscribe</a></td></tr></table></td></tr></table></body></html>',
};

/** A mail that would run for years, though it looks like any other. */
export const endless = {
  subject: 'Hello',
  source: `${'{{#each @root.recommended}}'.repeat(24)}${'{{/each}}'.repeat(24)}`,
};
