import { RunResponse, type Runs } from '#sync';
import type { ServerMessage } from '../protocol/index.ts';
import type { Subscription } from './subscription.ts';

/** A run's newest state, until it has ended. */
export class RunSubscription implements Subscription {
  ended = false;
  #told = '';

  constructor(
    readonly id: string,
    private readonly runs: Runs,
    private readonly run: string,
  ) {}

  async look(): Promise<ServerMessage[]> {
    const run = await this.runs.get(this.run);
    const data = RunResponse.of(run);
    const text = JSON.stringify(data);
    const news: ServerMessage[] = text === this.#told ? [] : [{ type: 'run', id: this.id, data }];
    this.#told = text;
    if (run.active) return news;
    this.ended = true;
    return [...news, { type: 'ended', id: this.id, message: `The run has ended: ${data.state}.` }];
  }
}
