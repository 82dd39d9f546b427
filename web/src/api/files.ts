/** Files to and from the server. */
import type { Api } from './client.ts';
import { problemOf, Unreachable } from './problem.ts';

/** Sends a file and tells which share of it has gone (0 to 1): what fetch cannot do. Fails as the API client does. */
export async function putFile(api: Api, path: string, file: Blob, onprogress: (share: number) => void): Promise<void> {
  let answer = await send(api.url(path), file, onprogress);
  if (answer.status === 401 && (await api.renew())) answer = await send(api.url(path), file, onprogress);
  if (!answer.ok) throw await problemOf(answer);
}

/** Lets the browser save a file of the API. Its own request could not renew a stale session, so that is done before. */
export async function saveFile(api: Api, path: string): Promise<void> {
  await api.get('/users/me');
  location.assign(api.url(path));
}

/** Lets the browser save a text that was never on the server. */
export function saveText(name: string, text: string, type = 'text/plain'): void {
  const url = URL.createObjectURL(new Blob([text], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url));
}

function send(url: string, file: Blob, onprogress: (share: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', url);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded, total }) => onprogress(total > 0 ? loaded / total : 0);
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      const headers = { 'content-type': request.getResponseHeader('content-type') ?? '' };
      resolve(new Response(request.responseText, { status: request.status, headers }));
    };
    request.send(file);
  });
}
