// The one store of a page: folds what the link brings into views, and is the only one to send.
// Views read its fields and call `do`; nothing else touches the socket.
import type { As } from '../link/http.ts';
import type { Outbox } from '../link/outbox.ts';
import { Link, wakeOnReturn, type LinkState, type Ticket } from '../link/socket.ts';
import type { Tab } from '../link/tabs.ts';
import type {
  Command,
  FromServer,
  Id,
  Ok,
  Place,
  Presence,
  ToServer,
  WireEvent,
} from '../link/wire.ts';
import { Channels, type Kind } from './channels.ts';
import { isUnsent, Outgoing, type Outcome } from './outgoing.ts';
import type { Pending } from './overlay.ts';
import { Pace } from './pace.ts';
import type { keep } from '../receipts/keep.ts';

export type Told = (channel: string, event: WireEvent, at: number) => void;
export type Writing = NonNullable<Presence['writing']>[number];
export type RoomPresence = { online: Set<Id>; writing: Writing[] };
const nobody: RoomPresence = { online: new Set(), writing: [] };
// How often a living tab looks for what a dead one left.
const adopt_every_ms = 30_000;
// What tests put in place of the browser's own.
export type Means = { ticket?: Ticket; outbox?: Outbox };

const keepReceipt: typeof keep = async (...receipt) =>
  (await import('../receipts/keep.ts')).keep(...receipt);

export class Session {
  link = $state.raw<LinkState>({ is: 'opening', attempt: 0 });
  offlineSince = $state.raw<number | undefined>();
  // False until the first welcome: then a page shows "fetching", not "offline".
  greeted = $state.raw(false);
  seats = $state.raw<Id[]>([]);
  organiser = $state.raw(false);
  views = $state.raw<Record<string, unknown>>({});
  pending = $state.raw<Pending[]>([]);
  // Texts with words of this tab that the server has not.
  unsavedTexts = $state.raw(0);
  unsent = $derived.by(() => this.pending.filter(isUnsent).length + this.unsavedTexts);
  // False: what is unsent would be lost with this page.
  durable = $state.raw(true);
  presence = $state.raw<Map<number, RoomPresence>>(new Map());
  // Milliseconds to add to this device's clock to get the server's.
  offset = $state.raw(0);
  limits = $state.raw<Record<string, number>>({});

  readonly outgoing: Outgoing;
  readonly channels: Channels;
  readonly told = new Set<Told>();
  // Told of every snapshot taken, of every connection won, and of channels taken away.
  readonly refreshed = new Set<(channel: string) => void>();
  readonly opened = new Set<() => void>();
  // Told of what was meant for a moment that has passed while the link was down.
  readonly tooLate = new Set<() => void>();
  // Told how many things of a tab that died are sent by this one.
  readonly adopted = new Set<(count: number) => void>();
  readonly lost = new Set<(channel: string) => void>();
  #link: Link;
  #pace = new Pace(() => this.#flush());
  #inbox: FromServer[] = [];
  #offWake: () => void;
  #adopting: ReturnType<typeof setInterval>;

  constructor(
    readonly workshop: Id,
    readonly tab: Tab,
    readonly as: As = 'seats',
    means: Means = {},
  ) {
    this.channels = new Channels((...heard) => this.told.forEach((tell) => tell(...heard)));
    const host = {
      send: (command: Command) => this.send(command),
      changed: (pending: Pending[]) => (this.pending = pending),
      tooLate: () => this.tooLate.forEach((tell) => tell()),
      adopted: (count: number) => this.adopted.forEach((tell) => tell(count)),
      kept: (durable: boolean) => (this.durable = durable),
    };
    this.outgoing = new Outgoing(workshop, tab.client, host, means.outbox);
    const listener = {
      onState: (state: LinkState) => this.#onState(state),
      onMessage: (message: FromServer) => this.#onMessage(message),
    };
    this.#link = new Link(workshop, as, listener, means.ticket);
    this.#offWake = wakeOnReturn(this.#link);
    this.#adopting = setInterval(() => this.#adopt(), adopt_every_ms);
  }

  start(): void {
    this.#link.start();
  }

  stop(): void {
    this.#offWake();
    clearInterval(this.#adopting);
    this.#link.stop();
    this.tab.close();
  }

  tryNow(): void {
    this.#link.wake();
  }

  now(): number {
    return Date.now() + this.offset;
  }

  view<View>(channel: string): View | undefined {
    return this.views[channel] as View | undefined;
  }

  follow<View>(channel: string, kind: Kind<View>): void {
    if (this.channels.has(channel)) return;
    this.channels.follow(channel, kind);
    if (this.link.is === 'live') this.#subscribe([channel]);
  }

  leave(channel: string): void {
    if (!this.channels.has(channel)) return;
    this.channels.leave(channel);
    this.#publish();
    this.send({ type: 'unsubscribe', channels: [channel] });
  }

  // The channel's view is in doubt: take it anew from a snapshot.
  refetch(channel: string): void {
    this.channels.forget(channel);
    this.#subscribe([channel]);
  }

  // Asks for something; resolves when the server has answered, however long that takes.
  do(name: string, fields: object, seat?: Id, author_key?: string): Promise<Outcome> {
    const command = { name, fields: fields as Record<string, unknown>, seat, author_key };
    return this.outgoing.do(JSON.parse(JSON.stringify(command)));
  }

  tellWriting(seat: Id, room: number, place: Place | null): void {
    this.send({ type: 'writing', seat, room, ...(place ? { place } : { place: null }) });
  }

  // Who has a device connected in a room, and who writes in which of its texts.
  onlineIn(room: number): Set<Id> {
    return this.presence.get(room)?.online ?? nobody.online;
  }

  writingIn(room: number): Writing[] {
    return this.presence.get(room)?.writing ?? nobody.writing;
  }

  send(message: ToServer): boolean {
    return this.#link.send(message);
  }

  #adopt(): void {
    if (this.link.is === 'live') void this.outgoing.load(this.seats);
  }

  #subscribe(names: string[]): void {
    if (names.length) this.send({ type: 'subscribe', channels: this.channels.wishes(names) });
  }

  #onState(state: LinkState): void {
    if (state.is === 'live') this.offlineSince = undefined;
    else this.offlineSince ??= Date.now();
    this.link = state;
  }

  #onMessage(message: FromServer): void {
    switch (message.type) {
      case 'welcome':
        return this.#welcome(message);
      case 'pong':
        return this.#setTime(message.now);
      case 'ok':
        return this.#accepted(message);
      case 'rejected':
        return this.outgoing.rejected(message);
      default:
        this.#inbox.push(message);
        return this.#pace.soon();
    }
  }

  #welcome(message: FromServer & { type: 'welcome' }): void {
    // What the last connection still brought belongs to the position we ask from.
    this.#flush();
    this.#setTime(message.now);
    this.seats = message.seats;
    this.organiser = message.organiser ?? false;
    this.limits = message.limits ?? {};
    this.greeted = true;
    for (const seat of message.seats) this.channels.forget(`seat/${seat}`);
    this.#subscribe(this.channels.names());
    this.outgoing.resend();
    this.opened.forEach((tell) => tell());
    this.#adopt();
  }

  #setTime(now: number): void {
    this.offset = now - Date.now();
  }

  #accepted({ id, seq, chain }: Ok): void {
    const command = this.outgoing.pending.find(({ entry }) => entry.id === id)?.entry.command;
    if (chain && command?.fields.text) void keepReceipt(this.workshop, command, seq, chain);
    this.outgoing.ok(id, seq);
    this.#pace.now();
  }

  // All that has come in since the last frame becomes one change of the views.
  #flush(): void {
    const messages = this.#inbox;
    this.#inbox = [];
    for (const message of messages) this.#take(message);
    this.#publish();
  }

  #take(message: FromServer): void {
    switch (message.type) {
      case 'snapshot':
        this.channels.take(message);
        this.#publish();
        return this.refreshed.forEach((tell) => tell(message.channel));
      case 'frame':
        if (!this.channels.fold(message)) this.refetch(message.channel);
        return;
      case 'presence':
        return this.#present(message);
      case 'unsubscribed':
      case 'refused':
        this.channels.leave(message.channel);
        return this.lost.forEach((tell) => tell(message.channel));
    }
  }

  #present({ room, online = [], writing = [] }: Presence): void {
    this.presence = new Map(this.presence).set(room, { online: new Set(online), writing });
  }

  #publish(): void {
    const names = this.channels.names();
    this.views = Object.fromEntries(names.map((name) => [name, this.channels.view(name)]));
    const own = names.filter((name) => /^(room|seat)\//.test(name));
    this.outgoing.seen(Math.max(0, ...own.map((name) => this.channels.seq(name))));
  }
}
