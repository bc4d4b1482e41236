/** AWS's own runtime client for Node.js in a process of its own, with the Lambda Runtime API in front of it. */
export { describeWithLambda } from './compiler.ts';
export { startLambda, type Invocation, type Lambda } from './start-lambda.ts';
