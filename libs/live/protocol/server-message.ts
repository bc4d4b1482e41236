import type { JsonSchema } from '@millrace/sdk';

/** A change of an audience. `id` is the same whenever it is told. */
export interface ToldChange {
  id: string;
  profile: string;
  change: 'entered' | 'left';
  at: string;
}

/** What the server says. */
export type ServerMessage =
  | { type: 'ready'; as: 'source'; source: string }
  | { type: 'ready'; as: 'key'; role: string }
  | { type: 'ack'; id: string; rejected?: object[]; warnings?: object[] }
  | { type: 'busy'; id: string; retryAfter: number }
  | { type: 'subscribed'; id: string; position?: string }
  | { type: 'profile'; id: string; data: object }
  | { type: 'run'; id: string; data: object }
  | { type: 'changes'; id: string; data: ToldChange[]; position: string }
  | { type: 'lagging' }
  | { type: 'ended'; id: string; code?: string; message: string }
  | { type: 'error'; id?: string; code: string; message: string };

const string: JsonSchema = { type: 'string' };
const list: JsonSchema = { type: 'array', items: { type: 'object' } };

function message(type: string, properties: Record<string, JsonSchema>, optional: string[] = []): JsonSchema {
  const required = Object.keys(properties).filter((name) => !optional.includes(name));
  return { type: 'object', required: ['type', ...required], properties: { type: { const: type }, ...properties } };
}

const change: JsonSchema = {
  type: 'object',
  required: ['id', 'profile', 'change', 'at'],
  properties: {
    id: string,
    profile: string,
    change: { enum: ['entered', 'left'] },
    at: { type: 'string', format: 'date-time' },
  },
};

export const serverSchemas: JsonSchema[] = [
  message('ready', { as: { enum: ['source', 'key'] }, source: string, role: string }, ['source', 'role']),
  message('ack', { id: string, rejected: list, warnings: list }, ['rejected', 'warnings']),
  message('busy', { id: string, retryAfter: { type: 'integer', description: 'Milliseconds.' } }),
  message('subscribed', { id: string, position: string }, ['position']),
  message('profile', { id: string, data: { type: 'object', description: 'As GET /api/profiles/{id}.' } }),
  message('run', { id: string, data: { type: 'object', description: 'As GET /api/runs/{id}.' } }),
  message('changes', { id: string, data: { type: 'array', items: change }, position: string }),
  message('lagging', {}),
  message('ended', { id: string, code: string, message: string }, ['code']),
  message('error', { id: string, code: string, message: string }, ['id']),
];
