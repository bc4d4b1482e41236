import type { ComponentProps, MouseEvent } from 'react';
import type { Route } from './route.ts';
import { addressOf, go } from './use-route.ts';

interface Props extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  to: Route;
}

/** A link to another room. What would open another tab or window is left to the browser. */
export function RouteLink({ to, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    go(to);
  };
  return <a {...rest} href={addressOf(to)} onClick={follow} />;
}
