/** A database that cannot be used is made anew; edits that wait in it come along where they can be read. */
import { deleteDB, openDB } from 'idb';
import type { Write } from './types.ts';

interface Outbox {
  add(store: 'outbox', write: Write): Promise<unknown>;
}

/** It may be damaged, or of a release that stores otherwise. */
export async function remade<Made extends Outbox>(name: string, make: () => Promise<Made>): Promise<Made> {
  const writes = await waitingIn(name);
  await deleteDB(name);
  const made = await make();
  for (const write of writes) await made.add('outbox', write);
  return made;
}

/** One by one: what is damaged does not take the others with it. */
async function waitingIn(name: string): Promise<readonly Write[]> {
  // Without a version it is opened as it is.
  const database = await openDB(name).catch(() => null);
  if (!database) return [];
  try {
    const seqs = await database.getAllKeys('outbox');
    const read = (seq: IDBValidKey): Promise<Write | undefined> =>
      database.get('outbox', seq).catch(() => undefined) as Promise<Write | undefined>;
    const found = await Promise.all(seqs.map(read));
    return found.filter((write) => write !== undefined);
  } catch {
    return [];
  } finally {
    database.close();
  }
}
