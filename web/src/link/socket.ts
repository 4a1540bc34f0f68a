// One connection that keeps coming back: ticket, socket, ping, and the wait between attempts.
// Knows nothing of what the messages mean; owned by the session store.
import { Attempts } from './backoff.ts';
import { ticketFor, type Answer, type As, type Problem } from './http.ts';
import { stayAway, type FromServer, type ToServer } from './wire.ts';

const open_max_ms = 8_000;
const ping_every_ms = 20_000;
// These are answered; no word at all for this long means that the line is dead even if nobody said
// so (half-open Wi-Fi). Shorter when there is reason to doubt it.
const answered = new Set<ToServer['type']>(['ping', 'command', 'subscribe']);
const answer_max_ms = 8_000;
const doubt_max_ms = 2_500;

export type Ending = 'protocol' | 'forbidden' | 'closed' | 'version';
export type LinkState =
  | { is: 'opening'; attempt: number }
  | { is: 'live' }
  | { is: 'waiting'; attempt: number; since: number; until: number }
  | { is: 'ended'; why: Ending };

export type Listener = { onState(state: LinkState): void; onMessage(message: FromServer): void };
export type Ticket = (workshop: string, as: As) => Promise<Answer<{ ticket: string }>>;

export class Link {
  state: LinkState = { is: 'waiting', attempt: 0, since: 0, until: 0 };
  #socket: WebSocket | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pinger: ReturnType<typeof setInterval> | undefined;
  #attempts = new Attempts();
  #lostAt = 0;
  #liveSince = 0;
  #silence: ReturnType<typeof setTimeout> | undefined;
  // Bumped for every attempt, so that answers to an abandoned one are ignored.
  #turn = 0;

  constructor(
    readonly workshop: string,
    readonly as: As,
    readonly listener: Listener,
    readonly ticket: Ticket = ticketFor,
  ) {}

  start(): void {
    this.#lostAt = Date.now();
    void this.#open();
  }

  // Something says the net may be back: try as soon as we may, or make sure that the line lives.
  wake(): void {
    if (this.state.is !== 'waiting') return this.doubt();
    const soonest = this.#attempts.soonest(Date.now());
    if (soonest < this.state.until) this.#wait(soonest);
  }

  // Something says the net may be gone: an answer soon, or the line is given up.
  doubt(): void {
    if (!this.send({ type: 'ping' })) return;
    clearTimeout(this.#silence);
    this.#expectAnswer(doubt_max_ms);
  }

  send(message: ToServer): boolean {
    if (this.state.is !== 'live' || this.#socket?.readyState !== WebSocket.OPEN) return false;
    this.#socket.send(JSON.stringify(message));
    if (answered.has(message.type)) this.#silence ??= this.#expectAnswer(answer_max_ms);
    return true;
  }

  stop(): void {
    this.#drop();
    clearTimeout(this.#timer);
  }

  #set(state: LinkState): void {
    this.state = state;
    this.listener.onState(state);
  }

  async #open(): Promise<void> {
    const turn = ++this.#turn;
    clearTimeout(this.#timer);
    this.#attempts.began(Date.now());
    this.#set({ is: 'opening', attempt: this.#attempts.failures });
    this.#timer = setTimeout(() => this.#lost(turn), open_max_ms);
    const answer = await this.ticket(this.workshop, this.as);
    if (turn !== this.#turn) return;
    if (answer.ok) this.#connect(turn, answer.body.ticket);
    else this.#refused(turn, answer.problem);
  }

  // Only our own server can send us away: a hotel's sign-in page answers 403 and 404 too, but knows
  // none of our codes.
  #refused(turn: number, { status, code, retryMs }: Problem): void {
    const ours = code !== 'unknown';
    if (ours && status === 410) return this.#end('closed');
    if (ours && [401, 403, 404].includes(status)) return this.#end('forbidden');
    this.#lost(turn, retryMs);
  }

  #connect(turn: number, ticket: string): void {
    const scheme = location.protocol === 'https:' ? 'wss' : 'ws';
    const url = `${scheme}://${location.host}/ws/${this.workshop}?ticket=${ticket}`;
    const socket = new WebSocket(url, 'rundbord.v1');
    this.#socket = socket;
    socket.onmessage = ({ data }) => this.#heard(turn, JSON.parse(data) as FromServer);
    socket.onclose = ({ code, reason }) => {
      if (turn !== this.#turn) return;
      const why = stayAway[code];
      if (why) this.#end(why);
      else this.#lost(turn, retryMsIn(reason));
    };
  }

  #heard(turn: number, message: FromServer): void {
    if (turn !== this.#turn) return;
    clearTimeout(this.#silence);
    this.#silence = undefined;
    // The line counts as open when the server greets, not when the proxy accepts.
    if (message.type === 'welcome') this.#live();
    this.listener.onMessage(message);
  }

  #live(): void {
    clearTimeout(this.#timer);
    this.#liveSince = Date.now();
    this.#pinger = setInterval(() => this.send({ type: 'ping' }), ping_every_ms);
    this.#set({ is: 'live' });
  }

  #expectAnswer(within_ms: number): ReturnType<typeof setTimeout> {
    const turn = this.#turn;
    this.#silence = setTimeout(() => this.#lost(turn), within_ms);
    return this.#silence;
  }

  #lost(turn: number, retryAfterMs = 0): void {
    if (turn !== this.#turn) return;
    const now = Date.now();
    const wasLive = this.state.is === 'live';
    if (wasLive) this.#lostAt = now;
    this.#drop();
    const lived_ms = wasLive ? now - this.#liveSince : 0;
    this.#wait(this.#attempts.failed(now, lived_ms, Math.random(), retryAfterMs));
  }

  #wait(until: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#open(), until - Date.now());
    this.#set({ is: 'waiting', attempt: this.#attempts.failures, since: this.#lostAt, until });
  }

  #end(why: Ending): void {
    this.stop();
    this.#set({ is: 'ended', why });
  }

  #drop(): void {
    this.#turn++;
    clearTimeout(this.#timer);
    clearInterval(this.#pinger);
    clearTimeout(this.#silence);
    this.#silence = undefined;
    if (this.#socket) this.#socket.onclose = null;
    this.#socket?.close();
    this.#socket = undefined;
  }
}

// CN6: a server that sends everybody away gives each a moment of its own to come back.
const retryMsIn = (reason?: string): number =>
  Number(/retry_ms=(\d+)/.exec(reason ?? '')?.[1] ?? 0);

// The moments at which a sleeping phone or a changed network is worth a try.
export function wakeOnReturn(link: Link): () => void {
  const wake = () => link.wake();
  const seen = () => document.visibilityState === 'visible' && link.wake();
  const doubt = () => link.doubt();
  addEventListener('online', wake);
  addEventListener('offline', doubt);
  addEventListener('pageshow', wake);
  document.addEventListener('visibilitychange', seen);
  return () => {
    removeEventListener('online', wake);
    removeEventListener('offline', doubt);
    removeEventListener('pageshow', wake);
    document.removeEventListener('visibilitychange', seen);
  };
}
