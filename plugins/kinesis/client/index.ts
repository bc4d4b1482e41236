export { isNamed, isThrottled, kinesisError, neverArrived } from './errors.ts';
export { openClient, withClient } from './open-client.ts';
export { streamIdentity } from './stream-identity.ts';
