/** Agreement between the tabs of one browser, by Web Locks. Without them (plain http on a network) each tab is on its own. */

/** Runs `task` while no other tab runs one of the same name. */
export function exclusive<T>(name: string, task: () => Promise<T>): Promise<T> {
  const locks = lockManager();
  return locks ? (locks.request(name, task) as Promise<T>) : task();
}

/**
 * Takes the lead among the tabs: `'at once'` when nobody has it. Otherwise `onTurn` is called when the leading tab has gone.
 * The lead is kept until `signal` aborts or the tab closes.
 */
export async function lead(name: string, signal: AbortSignal, onTurn: () => void): Promise<'at once' | 'later'> {
  const locks = lockManager();
  if (!locks) return 'at once';
  const keep = new Promise<void>((release) => signal.addEventListener('abort', () => release()));
  const free = await new Promise<boolean>((resolve) => {
    void locks.request(name, { ifAvailable: true }, (lock) => {
      resolve(lock !== null);
      return lock ? keep : undefined;
    });
  });
  if (free) return 'at once';
  locks
    .request(name, { signal }, () => {
      onTurn();
      return keep;
    })
    .catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  return 'later';
}

function lockManager(): LockManager | undefined {
  return typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks;
}
