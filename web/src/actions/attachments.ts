/** Files on a task; they come by app/uploads.svelte.ts. */
import type { Db } from '../app/db.svelte.ts';
import type { Attachment } from '../domain/types.ts';
import { deletionOf } from './effects.ts';

export function removeAttachment(db: Db, attachment: Attachment): void {
  const effects = [deletionOf('attachment', attachment)];
  void db.write({ method: 'DELETE', path: `/attachments/${attachment.id}`, effects });
}

/** Where the file is; `save` makes the browser keep it instead of showing it. */
export function fileOf(db: Db, attachmentId: string, save = false): string {
  return db.api.url(`/attachments/${attachmentId}/content`, save ? { save: true } : {});
}

export function thumbnailOf(db: Db, attachmentId: string): string {
  return db.api.url(`/attachments/${attachmentId}/thumbnail`);
}
