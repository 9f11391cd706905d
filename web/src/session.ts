import { Problem } from './problem';

/** What the page needs to join a room; answered by `POST /api/session`. */
export interface SessionGrant {
  /** The LiveKit server, e.g. `ws://localhost:7880`. */
  readonly url: string;
  /** The access token for one participant in one room. */
  readonly token: string;
  readonly room: string;
}

const address = 'api/session';

export async function requestSession(signal: AbortSignal): Promise<SessionGrant> {
  let response: Response;
  try {
    response = await fetch(address, { method: 'POST', headers: { accept: 'application/json' }, signal });
  } catch (error) {
    if (signal.aborted) throw error;
    throw new Problem('The page’s own server does not answer.', 'Is it still running? Start it again with ./run, then try again.');
  }

  if (!response.ok) throw new Problem(`The page’s own server refused to start a conversation (${response.status}).`, await reason(response));
  const grant: unknown = await response.json().catch(() => undefined);
  if (!isGrant(grant)) throw new Problem('The page’s own server answered something unexpected.', `POST ${address} has to answer { url, token, room }.`);
  return grant;
}

/** Problem details (RFC 9457) carry the reason in `detail`; anything else short enough is shown as it is. */
async function reason(response: Response): Promise<string> {
  const body = await response.text().catch(() => '');
  try {
    const { detail } = JSON.parse(body) as { detail?: unknown };
    if (typeof detail === 'string') return detail;
  } catch {
    if (body !== '' && body.length <= 300 && !body.startsWith('<')) return body;
  }
  return 'Its log says why.';
}

function isGrant(value: unknown): value is SessionGrant {
  const grant = value as Partial<Record<keyof SessionGrant, unknown>> | null | undefined;
  return typeof grant?.url === 'string' && typeof grant.token === 'string' && typeof grant.room === 'string';
}
