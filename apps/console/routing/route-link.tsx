import type { ComponentProps, MouseEvent } from 'react';
import type { Route } from './route.ts';
import { addressOf, go, goBack } from './use-route.ts';

interface Props extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  to: Route;
  /** To where somebody may come from: it is as they left it. */
  back?: boolean;
}

/** A link to another room. What would open another tab or window is left to the browser. */
export function RouteLink({ to, back = false, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    (back ? goBack : go)(to);
  };
  return <a {...rest} href={addressOf(to)} onClick={follow} />;
}
