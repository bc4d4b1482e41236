// Takes what is posted, as a destination would: parses it, counts, answers 200. In a process of its own. Its address is its first line.
import { createServer } from 'node:http';

let requests = 0;
let rows = 0;
const server = createServer((request, response) => {
  if (request.method === 'GET') return void response.end(JSON.stringify({ requests, rows }));
  const chunks = [];
  request.on('data', (chunk) => chunks.push(chunk));
  request.on('end', () => {
    if (request.method === 'POST') {
      requests++;
      rows += JSON.parse(Buffer.concat(chunks).toString()).data?.length ?? 0;
    }
    response.end();
  });
});
server.listen(0, '127.0.0.1', () => console.log(`http://127.0.0.1:${server.address().port}`));
