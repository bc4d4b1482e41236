// What one would write without Millrace: reads the same profiles in pages, and calls the compiled template for each. A round for each
// line of its input; prints its seconds.
import { createInterface } from 'node:readline';
import Handlebars from 'handlebars';
import mongoose from 'mongoose';

const [, , uri, mail] = process.argv;
const { subject, preheader, source } = JSON.parse(mail);
const handlebars = Handlebars.create();
handlebars.registerHelper('defaultIfEmpty', (value, fallback) =>
  value === undefined || value === '' ? fallback : value,
);
const compiled = [subject, preheader, source].map((text) =>
  handlebars.compile(text, { knownHelpers: { defaultIfEmpty: true } }),
);
const client = await new mongoose.mongo.MongoClient(uri).connect();
const profiles = client.db().collection('profiles');

async function round() {
  let letters = 0;
  let people = 0;
  let last = '';
  for (;;) {
    const page = await profiles.find({ _id: { $gt: last } }, { sort: { _id: 1 }, limit: 500 }).toArray();
    for (const { parts } of page) {
      const context = Object.assign({}, ...parts.map(({ t }) => t), { unsubscribeUrl: 'https://example.com/u' });
      for (const render of compiled) letters += render(context).length;
    }
    people += page.length;
    if (page.length < 500) return { people, letters };
    last = page.at(-1)._id;
  }
}

console.log('ready');
for await (const _ of createInterface(process.stdin)) {
  const began = performance.now();
  const done = await round();
  console.log(JSON.stringify({ seconds: (performance.now() - began) / 1000, ...done }));
}
await client.close();
