/** Files on their way to the server. They go on when the task is closed, and wait for another try where one failed. */
import type { Api } from '../api/client.ts';
import type { Schema } from '../api/types.ts';
import { Problem, problemOf, Unreachable } from '../api/problem.ts';
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

  private async send(upload: Upload): Promise<string | null> {
    try {
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

  private async post(upload: Upload): Promise<Schema<'Attachment'>> {
    const { api } = this.db;
    let response = await attempt(api, upload);
    if (response.status === 401 && (await api.renew())) response = await attempt(api, upload);
    if (!response.ok) throw await problemOf(response);
    return (await response.json()) as Schema<'Attachment'>;
  }
}

/** By XMLHttpRequest, which alone tells how much has been sent. */
function attempt(api: Api, upload: Upload): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', api.url(`/tasks/${upload.taskId}/attachments`, { name: upload.name, id: upload.id }));
    request.setRequestHeader('Accept', 'application/json');
    request.setRequestHeader('Idempotency-Key', upload.key);
    request.setRequestHeader('Content-Type', upload.file.type || 'application/octet-stream');
    request.upload.onprogress = (event) => (upload.sent = event.loaded);
    request.onload = () => {
      const type = request.getResponseHeader('content-type') ?? '';
      resolve(new Response(request.responseText, { status: request.status, headers: { 'content-type': type } }));
    };
    request.onerror = () => reject(new Unreachable());
    request.send(upload.file);
  });
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
