import { randomBytes } from 'node:crypto';

/** Ids that sort by time, and within a process by the order in which they were given. */
export class LineIds {
  private readonly process = randomBytes(4).toString('hex');
  private given = 0;

  next(at: Date): string {
    const time = at.getTime().toString(36).padStart(9, '0');
    return `${time}${(this.given++).toString(36).padStart(7, '0')}${this.process}`;
  }
}
