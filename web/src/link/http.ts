// Requests beside the socket. Refusals are values: a Problem says what happened in code and words.

export type Problem = {
  status: number;
  code: string;
  detail: string;
  field?: string;
  retryMs?: number;
};
export type Answer<T> = { ok: true; body: T } | { ok: false; problem: Problem };

const answer_max_ms = 15_000;

export async function request<T>(method: string, path: string, body?: unknown): Promise<Answer<T>> {
  const stop = new AbortController();
  const timer = setTimeout(() => stop.abort(), answer_max_ms);
  try {
    const response = await fetch(path, {
      method,
      signal: stop.signal,
      headers: body === undefined ? {} : { 'Content-Type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    return await readAnswer<T>(response);
  } catch {
    return { ok: false, problem: { status: 0, code: 'offline', detail: '' } };
  } finally {
    clearTimeout(timer);
  }
}

async function readAnswer<T>(response: Response): Promise<Answer<T>> {
  const body = await response.json().catch(() => ({}));
  if (response.ok) return { ok: true, body: body as T };
  const problem: Problem = {
    status: response.status,
    code: body.code ?? 'unknown',
    detail: body.detail ?? '',
    field: body.field,
    retryMs: retryAfter(response.headers.get('Retry-After') ?? ''),
  };
  return { ok: false, problem };
}

// Seconds from our server; a proxy may name a time of day instead.
function retryAfter(header: string): number | undefined {
  const ms = Number(header) * 1000 || Date.parse(header) - Date.now();
  return ms > 0 ? ms : undefined;
}

export type Rights = { workshop: string; organiser: boolean; projector: boolean; seats: string[] };

// HT2: the secret of a link becomes a cookie and leaves the address bar.
export const openSession = (workshop: string, secret: string) =>
  request<Rights>('POST', '/api/v1/sessions', { workshop, secret });

// HT5: a ticket opens one socket within 30 s. A browser may be several things in one workshop; a
// page asks for what it is the page of.
export type As = 'seats' | 'organiser' | 'projector';
export const ticketFor = (workshop: string, as: As) =>
  request<{ ticket: string }>('POST', `/api/v1/workshops/${workshop}/ticket`, { as });

export type Door = {
  workshop: string;
  title: LocalTitle;
  language: string;
  label: 'group' | 'room' | 'table';
  assignment: 'choose' | 'next_free' | 'organiser';
  locked: boolean;
  rooms: DoorRoom[];
};
export type LocalTitle = string | Record<string, string>;
export type DoorRoom = { number: number; label?: string; closed?: boolean; people?: number };

export const knock = (code: string) => request<Door>('GET', `/api/v1/code/${code}`);

export type JoinWish = { code: string; name?: string; organisation?: string; room?: number };
export type Joined = { workshop: string; seat: string; room?: number | null; seat_link: string };

export const join = (wish: JoinWish) => request<Joined>('POST', '/api/v1/join', wish);
