export { eventNameOf } from './event-name.ts';
export { eventPropertiesOf } from './event-properties.ts';
export { idText, objectIn, textIn } from './fields.ts';
export { invalidMessage } from './invalid-message.ts';
export { messageTypes, type Message, type MessageType } from './message.ts';
export { messageIdentities } from './message-identities.ts';
export { readMessage, type Envelope } from './read-message.ts';
