/** Milliseconds that a client may take to leave in good order; its sockets are closed in any case. */
const patienceMs = 1_500;

/** Resolves when it has stopped, or after a while; tells what went wrong. */
export async function untilStopped(stopping: Promise<void>, tell: (error: unknown) => void): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<void>((resolve) => (timer = setTimeout(resolve, patienceMs)));
  await Promise.race([stopping.catch(tell), late]);
  clearTimeout(timer);
}
