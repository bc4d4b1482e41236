import type { Arrival } from './arrival.ts';

/** Of one request, what waits to be made durable. */
export interface WaitingRequest {
  arrivals: Arrival[];
  bytes: number;
  resolve: () => void;
  reject: (error: Error) => void;
}

export interface WaitingLimits {
  requests: number;
  bytes: number;
  /** Of what is written at once; a request is not cut. */
  group: { items: number; bytes: number };
}

/** Requests that wait for the group before theirs, in their order and bounded. */
export class WaitingRequests {
  #requests: WaitingRequest[] = [];
  #items = 0;
  #bytes = 0;

  constructor(private readonly limits: WaitingLimits) {}

  get count(): number {
    return this.#requests.length;
  }

  /** What all requests bring. */
  get items(): number {
    return this.#items;
  }

  /** False where there is no room for it. Where nothing waits there is room for anything: it would never find more. */
  add(request: WaitingRequest): boolean {
    const { requests, bytes } = this.limits;
    const { length } = this.#requests;
    if (length >= requests || (length > 0 && this.#bytes + request.bytes > bytes)) return false;
    this.#requests.push(request);
    this.#items += request.arrivals.length;
    this.#bytes += request.bytes;
    return true;
  }

  /** As many as are written at once, one at least where one waits. */
  takeGroup(): WaitingRequest[] {
    const { group } = this.limits;
    let [count, items, bytes] = [0, 0, 0];
    for (const request of this.#requests) {
      items += request.arrivals.length;
      bytes += request.bytes;
      if (count > 0 && (items > group.items || bytes > group.bytes)) break;
      this.#items -= request.arrivals.length;
      this.#bytes -= request.bytes;
      count++;
    }
    const taken = this.#requests.slice(0, count);
    this.#requests = this.#requests.slice(count);
    return taken;
  }
}
