// aws-lambda-ric posts answers through a module of C++, which takes a compiler, autoconf and libtool to build. This is loaded in its place
// (node --require): the same three requests of the Runtime API, https://docs.aws.amazon.com/lambda/latest/dg/runtimes-api.html.
const { request } = require('node:http');
const Module = require('node:module');

const [host, port] = (process.env.AWS_LAMBDA_RUNTIME_API ?? '').split(':');

function ask(method, path, body, headers = {}) {
  return new Promise((resolve, reject) => {
    const options = { host, port, method, path: `/2018-06-01/runtime/invocation/${path}`, headers };
    const asked = request(options, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk) => (text += chunk));
      response.on('end', () => resolve({ bodyJson: text, headers: response.headers }));
    });
    asked.on('error', reject);
    asked.end(body);
  });
}

let posted = Promise.resolve();
const post = (path, body, headers) => {
  posted = ask('POST', path, body, { 'content-type': 'application/json', ...headers });
};

const client = {
  initializeClient() {},
  next: async () => {
    await posted;
    return ask('GET', 'next');
  },
  done: (id, body) => post(`${id}/response`, body),
  error: (id, body) => post(`${id}/error`, body, { 'lambda-runtime-function-error-type': 'Unhandled' }),
};

const loadNative = Module._extensions['.node'];
Module._extensions['.node'] = (module, file) => {
  if (file.endsWith('rapid-client.node')) module.exports = client;
  else loadNative(module, file);
};
