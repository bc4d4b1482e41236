import { Component, type ReactNode } from 'react';
import { Button } from './button.tsx';
import { Notice } from './notice.tsx';

interface Props {
  /** What cannot be shown, as the begin of a sentence: `The comparison`. */
  what: string;
  children: ReactNode;
}

/** Tells that a part of the page failed, where React would take the whole page away: a part that did not load, or a fault of ours. */
export class Boundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <Notice kind="problem" actions={<Button onClick={() => location.reload()}>Reload the page</Button>}>
        {this.props.what} cannot be shown: a part of this page did not load, or failed. What you wrote is kept in this
        tab; reload the page to go on.
      </Notice>
    );
  }
}
