/** Files to and from the server. */
import type { Api } from './client.ts';
import { Unreachable } from './problem.ts';

/** Sends a file and tells which share of it has gone (0 to 1): what fetch cannot do. Fails as the API client does. */
export async function putFile(api: Api, path: string, file: Blob, onprogress: (share: number) => void): Promise<void> {
  const url = api.url(path);
  await sendFile(api, 'PUT', url, {}, file, (loaded) => onprogress(file.size > 0 ? loaded / file.size : 0));
}

/** Sends a file, by XMLHttpRequest, which alone tells how many bytes have gone. Throws a Problem when it is refused. */
export async function sendFile(
  api: Api,
  method: 'POST' | 'PUT',
  url: string,
  headers: Readonly<Record<string, string>>,
  file: Blob,
  onprogress: (loaded: number) => void,
): Promise<Response> {
  const attempt = (): Promise<Response> => send(method, url, { ...api.headers(), ...headers }, file, onprogress);
  let answer = await attempt();
  if (answer.status === 401 && (await api.renew())) answer = await attempt();
  if (!answer.ok) throw await api.refusal(answer);
  return answer;
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

function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>>,
  file: Blob,
  onprogress: (loaded: number) => void,
): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open(method, url);
    for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value);
    request.setRequestHeader('Content-Type', file.type || 'application/octet-stream');
    request.upload.onprogress = ({ loaded }) => onprogress(loaded);
    request.onerror = () => reject(new Unreachable());
    request.onload = () => {
      const told = ['content-type', 'retry-after'].flatMap((name) => {
        const value = request.getResponseHeader(name);
        return value === null ? [] : [[name, value] as [string, string]];
      });
      resolve(new Response(request.responseText, { status: request.status, headers: told }));
    };
    request.send(file);
  });
}
