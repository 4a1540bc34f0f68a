// Positions and gaps of the channels a session hears, and the views folded from them. Pure but for
// the callbacks it is given; owned by the session store.
import type { Frame, Position, Snapshot, WireEvent } from '../link/wire.ts';

// How one kind of channel becomes a view.
export type Kind<View> = {
  read(state: Record<string, unknown>, channel: string, old: View | undefined): View;
  fold(view: View, event: WireEvent, at: number): View;
};

export type Followed = { channel: string; view: unknown; position?: Position };
export type Heard = (channel: string, event: WireEvent, at: number) => void;

export class Channels {
  #followed = new Map<string, Followed & { kind: Kind<unknown> }>();

  constructor(readonly heard: Heard = () => {}) {}

  follow<View>(channel: string, kind: Kind<View>): void {
    if (this.#followed.has(channel)) return;
    this.#followed.set(channel, { channel, view: undefined, kind: kind as Kind<unknown> });
  }

  leave(channel: string): void {
    this.#followed.delete(channel);
  }

  has(channel: string): boolean {
    return this.#followed.has(channel);
  }

  names(): string[] {
    return [...this.#followed.keys()];
  }

  view<View>(channel: string): View | undefined {
    return this.#followed.get(channel)?.view as View | undefined;
  }

  // The next wish for this channel asks for a snapshot.
  forget(channel: string): void {
    const followed = this.#followed.get(channel);
    if (followed) followed.position = undefined;
  }

  seq(channel: string): number {
    return this.#followed.get(channel)?.position?.seq ?? 0;
  }

  // SB1: every channel with where we are; none means "from a snapshot".
  wishes(names = this.names()): ({ channel: string } & Partial<Position>)[] {
    return names.map((channel) => ({ channel, ...this.#followed.get(channel)?.position }));
  }

  take(snapshot: Snapshot): void {
    const followed = this.#followed.get(snapshot.channel);
    if (!followed) return;
    followed.view = followed.kind.read(snapshot.state, snapshot.channel, followed.view);
    followed.position = { history: snapshot.history, seq: snapshot.seq };
  }

  // FR1: false when the frame does not continue where we are; then the channel must be asked for
  // anew, once: until its snapshot is there, frames say nothing.
  fold(frame: Frame): boolean {
    const followed = this.#followed.get(frame.channel);
    if (!followed?.position) return true;
    if (followed.position.seq !== frame.after) {
      followed.position = undefined;
      return false;
    }
    try {
      this.#take(followed, frame);
    } catch {
      // What does not fit the view shows that the view is wrong.
      followed.position = undefined;
      return false;
    }
    followed.position = { ...followed.position, seq: frame.to };
    return true;
  }

  #take(followed: Followed & { kind: Kind<unknown> }, { channel, commits }: Frame): void {
    for (const commit of commits) {
      for (const event of commit.events) {
        followed.view = followed.kind.fold(followed.view, event, commit.at);
        this.heard(channel, event, commit.at);
      }
    }
  }
}
