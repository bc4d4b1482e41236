import type { ConfigDocument } from '../documents/document.ts';
import { kinds } from '../kinds/index.ts';
import { described, type ServerState } from '../server/server-state.ts';
import { unreadLine } from '../server/unread-line.ts';
import { namesOnlyRemoved } from './names-only-removed.ts';

/** What people are told of all that is in no document, though the server has it. */
export function leftOutLines(state: ServerState): string[] {
  const unread = unreadLine(state);
  const lines = state.resources.filter(namesOnlyRemoved).map(({ kind, slug }) => {
    return `${kind.name} ${slug} is left out: every connection that it names is removed, and with none named it would mean all.`;
  });
  return unread === undefined ? lines : [unread, ...lines];
}

/** Whether the server may have what a document describes, and it is only left out. */
export function isLeftOut(document: ConfigDocument, { unread, resources }: ServerState): boolean {
  const kind = kinds.find(({ name }) => name === document.kind);
  if (!kind) return false;
  const present = described(resources, kind, document);
  return unread.includes(kind) || (present !== undefined && namesOnlyRemoved(present));
}
