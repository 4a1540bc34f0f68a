// What one participant's page shows: their seat, their room, where it is in the programme, and what
// they may do. Derived from the session's views; owned by the room page.
import { untrack } from 'svelte';
import { localText } from '../messages/language.ts';
import { t, words } from '../messages/words.svelte.ts';
import { ownNotes } from './author.ts';
import { Cards, type Card } from './cards.ts';
import type { Id, LocalText, Note, Notes, Plenary, Right, Room, SeatView } from './model.ts';
import { addNote } from './notes.ts';
import { overlay } from './overlay.ts';
import { handsInTurn, inOrder, mayUse, placeAtTable, rolesOf, speaksFor } from './people.ts';
import { emptyPlenary, foldPlenary, readPlenary } from './plenary.ts';
import { emptyRoom, foldRoom, readRoom } from './room.ts';
import { emptySeat, foldSeat, readSeatView } from './seat.ts';
import type { Session } from './session.svelte.ts';
import { around, cycleOf, kindAt, questionsOf, sittingOf, taskOf } from './steps.ts';

const roomOf = (channel: string) => Number(channel.slice('room/'.length));
const plenaryKind = { read: readPlenary, fold: foldPlenary };
const seatKind = { read: readSeatView, fold: foldSeat };
const roomKind = {
  read: (state: Record<string, unknown>, channel: string, old?: Room) =>
    readRoom(roomOf(channel), state, old),
  fold: foldRoom,
};

export class Desk {
  // Set when this device writes for another seat of its own (table mode).
  #as = $state.raw<Id | undefined>();

  readonly session: Session;
  readonly wished?: Id;

  constructor(session: Session, wished?: Id) {
    this.session = session;
    this.wished = wished;
  }

  me = $derived.by((): Id => {
    const { seats } = this.session;
    return (this.wished && seats.includes(this.wished) ? this.wished : seats[0]) ?? '';
  });
  plenary = $derived.by(() => this.session.view<Plenary>('plenary') ?? emptyPlenary);
  seatView = $derived.by(() => this.session.view<SeatView>(`seat/${this.me}`) ?? emptySeat);
  number = $derived(this.seatView.seat?.room);
  room = $derived.by((): Room => {
    if (this.number === undefined) return emptyRoom(0);
    return this.session.view<Room>(`room/${this.number}`) ?? emptyRoom(this.number);
  });
  // Everything has come that the page needs to show more than "fetching".
  ready = $derived.by(() => {
    if (!this.session.view('plenary') || !this.session.view(`seat/${this.me}`)) return false;
    return this.number === undefined || this.session.view(`room/${this.number}`) !== undefined;
  });
  head = $derived(this.plenary.rooms.get(this.number ?? 0));

  // Parts of the room by themselves: what depends on one is not asked again when another changes.
  #seats = $derived(this.room.seats);
  #roles = $derived(this.room.roles);
  #notes = $derived(this.room.notes);
  #revealed = $derived(this.room.revealed);
  #questions = $derived(this.room.questions);
  #who = $derived({ seats: this.#seats, roles: this.#roles });
  people = $derived(inOrder(this.#who));
  hands = $derived(handsInTurn(this.room));

  // The programme with this room's own questions in it.
  programme = $derived.by(() => {
    const { programme } = this.plenary;
    const own = this.#questions;
    const tasks = programme.tasks.map((task) => {
      const more = own.filter((one) => one.task === task.number).map((one) => one.question);
      return more.length ? { ...task, questions: [...task.questions, ...more] } : task;
    });
    return { ...programme, tasks };
  });
  step = $derived(this.room.step);
  sitting = $derived(
    sittingOf(
      this.programme,
      this.step,
      (number) => this.plenary.sittings.get(number)?.state === 'closed',
    ),
  );
  progress = $derived(this.plenary.sittings.get(this.sitting));
  task = $derived(
    taskOf(this.programme, this.step?.at.task) ??
      this.programme.tasks.find((task) => task.sitting === this.sitting),
  );
  cycle = $derived(this.step && cycleOf(this.task, this.step.at.cycle));
  questions = $derived(
    this.task ? questionsOf(this.task, this.cycle ?? this.task.cycles[0], this.room.number) : [],
  );
  near = $derived(this.step && around(this.programme, this.sitting, this.step.at));
  nextKind = $derived(kindAt(this.programme, this.near?.next));
  speaker = $derived(this.step?.lap?.order.find((turn) => turn.state === 'speaking')?.seat);
  nextSpeaker = $derived(this.step?.lap?.order.find((turn) => turn.state === 'waiting')?.seat);
  myTurn = $derived(this.speaker !== undefined && this.speaksFor(this.speaker));
  // Texts and notes may be written until the sitting is closed.
  open = $derived(this.progress?.state !== 'closed' && this.head?.closed !== true);

  // The room's notes, and one's own that the room does not see yet.
  #merged = $derived.by((): Notes => {
    const notes = this.#notes;
    return [...this.seatView.notes.byId.values()]
      .filter((note) => note.private && !notes.byId.has(note.id) && !this.#revealed.has(note.id))
      .sort((a, b) => a.written - b.written)
      .reduce((all, note) => addNote(all, note), notes);
  });
  board = $derived.by(() => overlay(this.#merged, this.session.pending));

  // Judged anew only when people, rights or the language change.
  #cards = $derived.by(() => {
    const { open, takesNotes, me } = this;
    const who = this.#who;
    void [who, me, words.tables];
    const judge = (note: Note) => {
      const mine = this.isMine(note);
      return { mine, mayEdit: open && (mine || takesNotes), source: this.#sourceOf(note, mine) };
    };
    return new Cards((note) => untrack(() => judge(note)));
  });

  cardsOf(column: string): Card[] {
    return this.#cards.of(this.board, this.board.notes.columns.get(column) ?? []);
  }

  #sourceOf(note: Note, mine: boolean): string {
    if (note.from) return this.nameOf(note.from);
    if (note.from_organisation) return note.from_organisation;
    if (note.author && note.author_shown) return this.nameOf(note.author);
    return mine ? t('you') : t('note.anonymous');
  }

  get as(): Id {
    return this.#as && this.#seats.has(this.#as) ? this.#as : this.me;
  }
  set as(seat: Id) {
    this.#as = seat;
  }

  // Called from an effect of the page: hears what concerns this seat and nothing else.
  follow(): void {
    const { session, me, number } = this;
    session.follow('plenary', plenaryKind);
    if (!me) return;
    session.follow(`seat/${me}`, seatKind);
    const room = number === undefined ? undefined : `room/${number}`;
    for (const name of session.channels.names()) {
      if (name.startsWith('room/') && name !== room) session.leave(name);
    }
    if (room) session.follow(room, roomKind);
  }

  may(right: Right): boolean {
    return this.me !== '' && mayUse(this.#who, this.plenary.roles, this.me, right);
  }

  speaksFor(seat: Id): boolean {
    return speaksFor(this.#who, this.me, seat);
  }

  // Correcting others' words needs the role itself; a room without a note-taker leaves them alone.
  takesNotes = $derived.by((): boolean =>
    this.plenary.roles.some((role) => {
      const holder = this.#roles.get(role.key)?.seat;
      return (
        role.rights.includes('edit_any_note') && holder !== undefined && this.speaksFor(holder)
      );
    }),
  );

  isMine(note: Note): boolean {
    if (note.author !== undefined) return this.speaksFor(note.author);
    return this.seatView.notes.byId.has(note.id) || ownNotes(this.session.workshop).has(note.id);
  }

  mayEdit(note: Note): boolean {
    return this.open && (this.isMine(note) || this.takesNotes);
  }

  rolesOf(seat: Id) {
    return rolesOf(this.#who, this.plenary.roles, seat);
  }

  nameOf(seat: Id | undefined): string {
    const known = seat === undefined ? undefined : this.#seats.get(seat);
    if (!known) return t('note.anonymous');
    return known.person || t('seat.unnamed', { n: placeAtTable(this.#who, known) });
  }

  roomName(number: number): string {
    const label = this.plenary.rooms.get(number)?.label;
    return label || t(`label.${this.plenary.settings.label}`, { n: number });
  }

  say(text: LocalText | undefined): string {
    return localText(text, [words.language, this.plenary.settings.language]);
  }
}
