import type { StoredTestSend, TestSendState } from './test-send.schema.ts';

export interface TestSendView {
  id: string;
  to: string;
  template: StoredTestSend['template'];
  /** Of the mail: that of the preview. */
  hash: string;
  /** Sensitive traits were shown as a mask. */
  masked: boolean;
  state: TestSendState;
  /** What the mail server said. */
  answer: string | null;
  error: StoredTestSend['error'] | null;
  /** The key that sent it. */
  by: StoredTestSend['by'];
  at: string;
}

export function testSendView({
  _id,
  to,
  template,
  hash,
  masked,
  state,
  answer,
  error,
  by,
  at,
}: StoredTestSend): TestSendView {
  return {
    id: _id,
    to,
    template,
    hash,
    masked,
    state,
    answer: answer ?? null,
    error: error ?? null,
    by,
    at: at.toISOString(),
  };
}
