// What one would write without Millrace: parses, and inserts with the same grouping and write concern. Prints its address.
import { createHash } from 'node:crypto';
import { createServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose from 'mongoose';

const client = await new mongoose.mongo.MongoClient(process.argv[2]).connect();
const events = client.db().collection('events', { writeConcern: { w: 'majority', journal: true } });
let waiting = [];
let isWriting = false;

async function write() {
  if (isWriting) return;
  isWriting = true;
  for (;;) {
    const until = performance.now() + 12;
    for (let known = -1; known !== waiting.length && performance.now() < until;) {
      known = waiting.length;
      await delay(2);
    }
    if (waiting.length === 0) break;
    let count = 0;
    for (let items = 0; count < waiting.length; count++) {
      items += waiting[count].documents.length;
      if (count > 0 && items > 2_000) break;
    }
    const group = waiting.slice(0, count);
    waiting = waiting.slice(count);
    const documents = group.flatMap((request) => request.documents);
    await events.insertMany(documents, { ordered: false });
    for (const { response } of group) response.writeHead(200).end('{"success":true}');
  }
  isWriting = false;
}

const server = createServer((request, response) => {
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    const body = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    const documents = (body.batch ?? [body]).map((event) => ({
      _id: createHash('sha256').update(event.messageId).digest('hex'),
      ...event,
    }));
    waiting.push({ documents, response });
    void write();
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
