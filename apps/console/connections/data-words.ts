import type { ConnectionData, DataRemoval } from '../api/index.ts';
import { timeAgo } from '../ui/index.ts';

/** The API counts no further. */
const most = 100_000;

const count = (number: number, one: string, many: string): string => {
  const text = number.toLocaleString('en');
  return number >= most ? `${text} or more ${many}` : `${text} ${number === 1 ? one : many}`;
};

/** "1,200 people, 1 order" */
export function amountText({ people, orders }: ConnectionData): string {
  return `${count(people, 'person', 'people')}, ${count(orders, 'order', 'orders')}`;
}

/** How far a removal is, or what came of it. */
export function removalText({ state, changed, createdAt, endedAt = createdAt }: DataRemoval): string {
  const people = `${changed.toLocaleString('en')} ${changed === 1 ? 'profile' : 'profiles'}`;
  return state === 'open'
    ? `Being removed since ${timeAgo(createdAt)}: gone from ${people} so far.`
    : `Removed ${timeAgo(endedAt)}: it is gone from ${people}.`;
}
