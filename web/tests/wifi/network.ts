// The lines between browsers and the model server, in virtual time: each may be slow, cut, silent
// (a black hole) or refused, at any moment; what is on its way when a line is cut is lost. Stands
// where a page finds WebSocket and fetch. For tests only.
import type { Random } from '../text/randomText.ts';
import type { ModelServer, Peer } from './model_server.ts';

export type Weather = 'fine' | 'slow' | 'cut' | 'silent';
type Session = ReturnType<ModelServer['open']>;
const idle_ms = 30_000;

// One browser's way to the server; tabs of a browser share it.
export class Line {
  weather: Weather = 'fine';
  sockets = new Set<Socket>();
  constructor(readonly seat: string) {}

  turn(weather: Weather): void {
    this.weather = weather;
    if (weather === 'cut') for (const socket of [...this.sockets]) socket.cut();
    if (weather === 'fine' || weather === 'slow') for (const socket of this.sockets) socket.thaw();
  }
}

// What one tab has asked of the network, and what it was asked to wait for.
export type Asking = { attempts: number[]; notBefore: number; tooEarly: number };

export class Network {
  lines = new Map<string, Line>();
  tabs: Asking[] = [];
  serverUp = true;
  constructor(
    readonly server: ModelServer,
    readonly random: Random,
  ) {}

  line(workshop: string): Line {
    const known = this.lines.get(workshop);
    if (known) return known;
    const line = new Line(`seat-${workshop}`);
    this.lines.set(workshop, line);
    return line;
  }

  delay(line: Line): number {
    return line.weather === 'slow' ? 300 + this.random.below(4_000) : 5 + this.random.below(120);
  }

  // Asking for a ticket, as http.ts sees it: an answer, or the network's failure.
  async ticket(workshop: string, number: number): Promise<Response> {
    const line = this.line(workshop);
    const tab = this.tabs[number]!;
    tab.attempts.push(Date.now());
    if (Date.now() < tab.notBefore) tab.tooEarly += 1;
    await this.#pass(line);
    if (!this.serverUp) throw new TypeError('refused');
    if (this.random.chance(15)) {
      const headers = { 'Retry-After': '3' };
      tab.notBefore = Date.now() + 3_000;
      return new Response('{"code":"busy"}', { status: 503, headers });
    }
    // A hotel's sign-in page in between.
    if (this.random.chance(40)) return new Response('<html>Sign in', { status: 403 });
    await this.#pass(line);
    return new Response(`{"ticket":"${number}"}`);
  }

  async #pass(line: Line): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, this.delay(line)));
    if (line.weather === 'silent') await new Promise(() => undefined);
    if (line.weather === 'cut') throw new TypeError('no network');
  }
}

export class Socket {
  static OPEN = 1;
  static network: Network;
  readyState = 0;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number; reason: string }) => void) | null = null;
  #line: Line;
  #tab: Asking;
  #session: Session | undefined;
  #up: string[] = [];
  #down: string[] = [];
  #upAt = 0;
  #downAt = 0;
  #heard = Date.now();
  #gone = false;

  constructor(url: string) {
    const { network } = Socket;
    this.#line = network.line(/\/ws\/([^?]+)/.exec(url)![1]!);
    this.#line.sockets.add(this);
    this.#tab = network.tabs[Number(/ticket=(\d+)/.exec(url)![1])]!;
    this.#later(() => this.#open());
  }

  send(text: string): void {
    this.#up.push(text);
    this.#upAt = this.#inOrder(this.#upAt, () => this.#arrive());
  }

  // The page lets go; the server hears of it if the line lets it.
  close(): void {
    this.readyState = 3;
    this.onclose = null;
    this.#later(() => this.#leave());
  }

  // Both ends notice, each in its time.
  cut(): void {
    this.#leave();
    this.#later(() => this.#closed(1006, ''), true);
  }

  thaw(): void {
    for (const _ of this.#up) this.#upAt = this.#inOrder(this.#upAt, () => this.#arrive());
    for (const _ of this.#down) this.#downAt = this.#inOrder(this.#downAt, () => this.#tell());
    if (this.readyState === 0) this.#later(() => this.#open());
  }

  // The tab has crashed: nothing is told to it any more, and the server's end falls in time.
  abandon(): void {
    this.onmessage = this.onclose = null;
    this.#later(() => this.#leave(), true);
  }

  get #open_(): boolean {
    return this.#line.weather === 'fine' || this.#line.weather === 'slow';
  }

  #later(run: () => void, always = false): void {
    const { network } = Socket;
    const passes = () => always || this.#line.weather !== 'silent';
    setTimeout(() => passes() && run(), network.delay(this.#line));
  }

  // Bytes of one direction arrive in the order they were sent.
  #inOrder(last: number, run: () => void): number {
    const at = Math.max(last, Date.now() + Socket.network.delay(this.#line));
    setTimeout(run, at - Date.now());
    return at;
  }

  #open(): void {
    const { network } = Socket;
    if (this.readyState !== 0) return;
    if (this.#line.weather === 'cut' || !network.serverUp) return this.#closed(1006, '');
    this.readyState = 1;
    const peer: Peer = {
      seat: this.#line.seat,
      say: (message) => this.#say(JSON.stringify(message)),
      close: (code, reason) => this.#later(() => this.#closed(code, reason)),
    };
    this.#session = network.server.open(peer);
    this.#watch();
  }

  // CN4: a silent connection is closed by the server.
  #watch(): void {
    if (this.#gone) return;
    if (Date.now() - this.#heard > idle_ms) return this.cut();
    setTimeout(() => this.#watch(), idle_ms / 6);
  }

  #say(text: string): void {
    this.#down.push(text);
    this.#downAt = this.#inOrder(this.#downAt, () => this.#tell());
  }

  #arrive(): void {
    if (!this.#open_ || this.#gone || !this.#session) return;
    const text = this.#up.shift();
    if (text === undefined || !Socket.network.serverUp) return;
    this.#heard = Date.now();
    Socket.network.server.hear(this.#session, JSON.parse(text));
  }

  #tell(): void {
    if (!this.#open_ || this.#gone) return;
    const text = this.#down.shift();
    if (text !== undefined) this.onmessage?.({ data: text });
  }

  #leave(): void {
    this.#gone = true;
    this.#line.sockets.delete(this);
    if (this.#session) Socket.network.server.gone(this.#session);
  }

  #closed(code: number, reason: string): void {
    this.#leave();
    if (this.readyState === 3) return;
    this.readyState = 3;
    const wished = Number(/retry_ms=(\d+)/.exec(reason)?.[1] ?? 0);
    if (wished) this.#tab.notBefore = Math.max(this.#tab.notBefore, Date.now() + wished);
    this.onclose?.({ code, reason });
  }
}
