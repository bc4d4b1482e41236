export interface Gate {
  /** Resolves once it is opened. */
  opened: Promise<void>;
  open: () => void;
}

/** Holds up whoever waits for it, until the test opens it. */
export function gate(): Gate {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return { opened, open };
}
