/** From the storage into the store: first what the first screen shows, the rest piece by piece. */
import { paced } from './pace.ts';
import { NOTHING, type Kept, type Storage } from './persist.ts';
import { keyOf } from './reducer.ts';
import type { Store } from './store.ts';
import type { Held } from './types.ts';

/** All but the tasks, and of these the ones of `scopes` and of `me`. Nothing of a snapshot that broke off is whole enough. */
export async function readFirst(
  storage: Storage,
  store: Store,
  me: string,
  scopes: (store: Store) => readonly string[],
): Promise<Kept> {
  const kept = await storage.load();
  store.applyStored(kept.objects);
  return orNothing(storage, store, kept, async () => {
    if (kept.complete) store.applyStored(await storage.tasksFor(scopes(store), me));
  });
}

/** What is kept: what it was before, or nothing when the tasks cannot be read. */
export async function readTasks(storage: Storage, store: Store, kept: Kept): Promise<Kept> {
  const pause = paced();
  return orNothing(storage, store, kept, async () => {
    for await (const tasks of storage.tasks()) {
      store.applyStored(tasks);
      await pause();
    }
  });
}

/** Brings the store to what is stored: what is not stored goes. */
export async function readAgain(storage: Storage, store: Store): Promise<Kept> {
  const pause = paced();
  const kept = await storage.load();
  const names = new Set(kept.objects.map(nameOf));
  store.applyStored(kept.objects);
  return orNothing(storage, store, kept, async () => {
    for await (const tasks of storage.tasks()) {
      for (const task of tasks) names.add(nameOf(task));
      store.applyStored(tasks);
      await pause();
    }
    store.keepStored(names);
  });
}

/** A cursor beside tasks that cannot be read would hide them for good: then all is asked for anew. */
async function orNothing(storage: Storage, store: Store, kept: Kept, read: () => Promise<void>): Promise<Kept> {
  try {
    await read();
    return kept;
  } catch {
    await storage.repair();
    store.keepStored(new Set());
    return NOTHING;
  }
}

function nameOf(held: Held): string {
  return `${held.kind}/${keyOf(held)}`;
}
