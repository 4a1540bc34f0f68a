// What the organiser's console shows: every room measured, who needs help, where all are. Derived
// from the session's views; owned by the console page.
import { localText } from '../messages/language.ts';
import { listed, t, words } from '../messages/words.svelte.ts';
import { leftOf } from '../store/clock.ts';
import {
  countsOf,
  emptyConsole,
  foldConsole,
  readConsole,
  type ConsoleView,
  type MeasuredRoom,
} from '../store/console.ts';
import type {
  LocalText,
  Place,
  Plenary,
  RoomHead,
  Seat,
  Sitting,
  StepPosition,
} from '../store/model.ts';
import { isPresent } from '../store/people.ts';
import { emptyPlenary, foldPlenary, readPlenary } from '../store/plenary.ts';
import type { Session } from '../store/session.svelte.ts';
import { allSteps, kindAt } from '../store/steps.ts';

const plenaryKind = { read: readPlenary, fold: foldPlenary };
const consoleKind = { read: readConsole, fold: foldConsole };

// A room nobody has written in for this long, while it is in a step, is silent.
const silent_after_ms = 5 * 60_000;

export type RoomCard = {
  number: number;
  name: string;
  closed: boolean;
  measured?: MeasuredRoom;
  seats: Seat[];
  here: number;
  notes: number;
  unanswered: number;
  units: number;
  emptyRoles: string[];
};
export type NeedKind = 'help' | 'time' | 'unanswered' | 'roles';
export type Need = { card: RoomCard; kind: NeedKind; since: number };

export class Office {
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  plenary = $derived.by(() => this.session.view<Plenary>('plenary') ?? emptyPlenary);
  view = $derived.by(() => this.session.view<ConsoleView>('console') ?? emptyConsole);
  ready = $derived.by(
    () => this.session.view('plenary') !== undefined && this.session.view('console') !== undefined,
  );

  #seatsByRoom = $derived.by(() => {
    const byRoom = new Map<number, Seat[]>();
    for (const seat of this.view.seats.values()) {
      if (seat.room === undefined) continue;
      const seats = byRoom.get(seat.room);
      if (seats) seats.push(seat);
      else byRoom.set(seat.room, [seat]);
    }
    for (const seats of byRoom.values()) seats.sort((a, b) => a.number - b.number);
    return byRoom;
  });
  cards = $derived.by(() =>
    [...this.plenary.rooms.values()]
      .sort((a, b) => a.number - b.number)
      .map((head) => this.#card(head)),
  );
  // The plenary is told of the first step only when it is asked anew.
  started = $derived(this.plenary.started || this.cards.some((card) => card.measured?.begun));
  open = $derived(this.cards.filter((card) => !card.closed));
  roomless = $derived([...this.view.seats.values()].filter((seat) => seat.room === undefined));
  people = $derived(this.view.seats.size);
  away = $derived([...this.view.seats.values()].filter((seat) => seat.away).length);
  sittings = $derived([...this.plenary.sittings.values()].sort((a, b) => a.sitting - b.sitting));
  // The sitting at work: the first that is not closed, else the last.
  sitting = $derived<Sitting | undefined>(
    this.sittings.find((one) => one.state !== 'closed') ?? this.sittings.at(-1),
  );
  closed = $derived(
    this.sittings.length > 0 && this.sittings.every((one) => one.state === 'closed'),
  );
  steps = $derived(allSteps(this.plenary.programme, this.sitting?.sitting ?? 1));
  needs = $derived.by(() => this.#needs());

  follow(): void {
    this.session.follow('plenary', plenaryKind);
    this.session.follow('console', consoleKind);
  }

  // The closed sittings whose results hold this text; a whole room's is open as long as one is.
  closedOf({ task }: Place): number[] {
    const of = this.plenary.programme.tasks.find((one) => one.number === task)?.sitting;
    const holding = this.sittings.filter((one) => task === undefined || one.sitting === of);
    const closed = holding.every((one) => one.state === 'closed');
    return closed ? holding.map((one) => one.sitting) : [];
  }

  card(number: number | undefined): RoomCard | undefined {
    return this.cards.find((card) => card.number === number);
  }

  isSilent(card: RoomCard, now: number): boolean {
    const { measured } = card;
    if (card.closed || !measured?.step || card.here === 0) return false;
    return now - Math.max(measured.active ?? 0, measured.step.started) > silent_after_ms;
  }

  isOver(card: RoomCard, now: number): boolean {
    const left = leftOf(card.measured?.step?.clock, now);
    return left !== undefined && left < 0;
  }

  stepName(card: RoomCard): string {
    const { step } = card.measured ?? {};
    return step ? t(`step.${step.kind}`) : '';
  }

  positionName(at: StepPosition): string {
    const kind = kindAt(this.plenary.programme, at);
    return kind
      ? `${t('task.of', { n: at.task })} · ${this.cycleName(at)} · ${t(`step.${kind}`)}`
      : '';
  }

  cycleName(at: StepPosition): string {
    const task = this.plenary.programme.tasks.find((one) => one.number === at.task);
    const numbers = task?.cycles[at.cycle]?.questions ?? [];
    return t('question.short', { n: listed(numbers) });
  }

  roomName(number: number, label = this.plenary.rooms.get(number)?.label ?? ''): string {
    const name = t(`label.${this.plenary.settings.label}`, { n: number });
    return label ? `${name} · ${label}` : name;
  }

  seatName(seat: Seat): string {
    return seat.person || t('seat.unnamed', { n: seat.number });
  }

  roleName(key: string): string {
    return this.say(this.plenary.roles.find((role) => role.key === key)?.name);
  }

  say(text: LocalText | undefined): string {
    return localText(text, [words.language, this.plenary.settings.language]);
  }

  #card(head: RoomHead): RoomCard {
    const measured = this.view.rooms.get(head.number);
    const seats = this.#seatsByRoom.get(head.number) ?? [];
    const counts = measured ? countsOf(measured) : { notes: 0, unanswered: 0, units: 0 };
    const held = (key: string) => measured?.roles.has(key);
    return {
      number: head.number,
      name: this.roomName(head.number, head.label),
      closed: head.closed,
      measured,
      seats,
      here: seats.filter(isPresent).length,
      ...counts,
      emptyRoles: this.plenary.roles
        .filter((role) => role.rights.length > 0 && !held(role.key))
        .map((role) => role.key),
    };
  }

  // Longest waiting first; what has no waiting time stands after what has.
  #needs(): Need[] {
    const needs: Need[] = [];
    for (const card of this.open) {
      const { measured } = card;
      if (!measured) continue;
      const started = measured.step?.started ?? 0;
      if (measured.help_asked) needs.push({ card, kind: 'help', since: measured.help_asked });
      if (measured.time_asked) needs.push({ card, kind: 'time', since: started });
      if (card.unanswered > 0) needs.push({ card, kind: 'unanswered', since: Infinity });
      if (measured.step && card.here > 1 && card.emptyRoles.length > 0) {
        needs.push({ card, kind: 'roles', since: started });
      }
    }
    const order: NeedKind[] = ['help', 'time', 'unanswered', 'roles'];
    return needs.sort((a, b) => order.indexOf(a.kind) - order.indexOf(b.kind) || a.since - b.since);
  }
}
