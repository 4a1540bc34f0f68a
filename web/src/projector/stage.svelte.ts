// What the projector shows and for which question: chosen by the person beside it, never by itself.
import { localText } from '../messages/language.ts';
import { t, words } from '../messages/words.svelte.ts';
import type { LocalText, Note, Place, Plenary, Question } from '../store/model.ts';
import { placeKey } from '../store/model.ts';
import { emptyPlenary, foldPlenary, readPlenary } from '../store/plenary.ts';
import type { Session } from '../store/session.svelte.ts';
import { foldWall, readWall, type Wall } from '../store/wall.ts';

export const scenes = ['join', 'question', 'wall', 'thanks'] as const;
export type Scene = (typeof scenes)[number];
export type Asked = { place: Place; question: Question; task: LocalText };

export class Stage {
  scene = $state.raw<Scene>('join');
  blank = $state.raw(false);
  index = $state.raw(0);
  // The note held up alone, if any.
  enlarged = $state.raw<{ note: Note; room: number } | undefined>();
  readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  plenary = $derived.by(() => this.session.view<Plenary>('plenary') ?? emptyPlenary);
  ready = $derived.by(() => this.session.view('plenary') !== undefined);
  questions = $derived.by((): Asked[] =>
    this.plenary.programme.tasks.flatMap((task) =>
      task.questions.map((question) => ({
        place: { task: task.number, question: question.number },
        question,
        task: task.title,
      })),
    ),
  );
  asked = $derived<Asked | undefined>(this.questions[this.index]);
  // When the steps end, while everybody is being called back; several sittings may be open at once.
  callBackAt = $derived(
    [...this.plenary.sittings.values()].find((one) => one.state === 'called_back')?.steps_end_at,
  );
  channel = $derived(this.asked ? `wall/${placeKey(this.asked.place)}` : undefined);
  wall = $derived.by(() => (this.channel ? this.session.view<Wall>(this.channel) : undefined));

  // Called from an effect: hears the wall only while it is shown.
  follow(): void {
    const { session, channel, scene } = this;
    session.follow('plenary', { read: readPlenary, fold: foldPlenary });
    const wanted = scene === 'wall' ? channel : undefined;
    for (const name of session.channels.names()) {
      if (name.startsWith('wall/') && name !== wanted) session.leave(name);
    }
    if (wanted) session.follow(wanted, { read: readWall, fold: foldWall });
  }

  show(scene: Scene): void {
    this.enlarged = undefined;
    this.blank = false;
    this.scene = scene;
  }

  turn(by: number): void {
    this.enlarged = undefined;
    const last = this.questions.length - 1;
    this.index = Math.min(Math.max(0, last), Math.max(0, this.index + by));
  }

  roomName(number: number): string {
    const label = this.plenary.rooms.get(number)?.label;
    const name = t(`label.${this.plenary.settings.label}`, { n: number });
    return label ? `${name} · ${label}` : name;
  }

  say(text: LocalText | undefined): string {
    return localText(text, [words.language, this.plenary.settings.language]);
  }
}
