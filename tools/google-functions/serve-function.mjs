// Serves a function of a bundle with Google's Functions Framework on 127.0.0.1 (its own command listens on every address), and prints the port.
import { cloudEvent, http } from '@google-cloud/functions-framework';
import { getTestServer } from '@google-cloud/functions-framework/testing';

const [bundle, target, signature] = process.argv.slice(2);
const functions = await import(bundle);
(signature === 'http' ? http : cloudEvent)(target, functions[target]);
const server = getTestServer(target).listen(0, '127.0.0.1', () =>
  process.stdout.write(`port ${server.address().port}\n`),
);
