/**
 * Files on their way to the server, one after another: it bounds what a person sends at once, and together none is there
 * sooner. They go on when the task is closed, and wait for another try where one failed.
 */
import { sendFile } from '../api/files.ts';
import type { Schema } from '../api/types.ts';
import { Problem, Unreachable } from '../api/problem.ts';
import type { Db } from './db.svelte.ts';
import { uuid7 } from '../sync/uuid.ts';
import type { Task } from '../domain/types.ts';

export class Upload {
  readonly id = uuid7();
  readonly key = uuid7();
  /** Bytes that have been sent. */
  sent = $state(0);
  failure = $state.raw<Problem | Unreachable | null>(null);

  constructor(
    readonly taskId: string,
    readonly file: File,
    readonly name: string,
  ) {}
}

export class Uploads {
  private list = $state.raw<readonly Upload[]>([]);
  /** Ends with the last of those that were begun. */
  private turn: Promise<unknown> = Promise.resolve();
  /** What a file may have; null until the server has told. */
  private limit: number | null = null;

  constructor(private readonly db: Db) {}

  of(taskId: string): readonly Upload[] {
    return this.list.filter((upload) => upload.taskId === taskId);
  }

  /** The new attachment's id; null when it failed, which `of` then tells. */
  async start(task: Task, file: File): Promise<string | null> {
    const upload = new Upload(task.id, file, nameOf(file));
    this.list = [...this.list, upload];
    return this.send(upload);
  }

  retry(upload: Upload): Promise<string | null> {
    upload.failure = null;
    upload.sent = 0;
    return this.send(upload);
  }

  forget(upload: Upload): void {
    this.list = this.list.filter((one) => one !== upload);
  }

  private send(upload: Upload): Promise<string | null> {
    const sent = this.turn.then(() => this.deliver(upload));
    this.turn = sent.catch(() => null);
    return sent;
  }

  private async deliver(upload: Upload): Promise<string | null> {
    try {
      await this.measure(upload.file);
      const made = await this.post(upload);
      this.db.engine.store.applyObjects([heldAttachment(made, this.db)]);
      this.forget(upload);
      return made.id;
    } catch (error) {
      if (!(error instanceof Problem) && !(error instanceof Unreachable)) throw error;
      upload.failure = error;
      return null;
    }
  }

  /** Refuses what the server would, before it has been sent. */
  private async measure(file: File): Promise<void> {
    this.limit ??= (await this.db.api.get<Schema<'InstanceInfo'>>('/instance')).max_upload_bytes;
    if (file.size > this.limit) throw new Problem({ status: 413, code: 'file_too_large', limit: this.limit });
  }

  private async post(upload: Upload): Promise<Schema<'Attachment'>> {
    const { api } = this.db;
    const url = api.url(`/tasks/${upload.taskId}/attachments`, { name: upload.name, id: upload.id });
    const headers = { 'Idempotency-Key': upload.key };
    for (;;) {
      try {
        const answer = await sendFile(api, 'POST', url, headers, upload.file, (loaded) => (upload.sent = loaded));
        return (await answer.json()) as Schema<'Attachment'>;
      } catch (error) {
        // Another tab is sending, too.
        if (!(error instanceof Problem) || error.code !== 'too_many_uploads') throw error;
        upload.sent = 0;
        await seconds(error.retryAfter ?? PATIENCE_SECONDS);
      }
    }
  }
}

const PATIENCE_SECONDS = 5;

function seconds(count: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, count * 1000));
}

/** Pasted pictures have no name of their own. */
function nameOf(file: File): string {
  return file.name || `file.${file.type.split('/')[1] ?? 'bin'}`;
}

function heldAttachment(made: Schema<'Attachment'>, db: Db): Parameters<Db['engine']['store']['applyObjects']>[0][0] {
  const task = db.task(made.task_id);
  const { id, version, content_url: _content, thumbnail_url, ...fields } = made;
  return {
    stream: task?.stream ?? '',
    scope: task?.scope ?? '',
    kind: 'attachment',
    id,
    version,
    fields: { ...fields, has_thumbnail: thumbnail_url !== null },
  };
}
