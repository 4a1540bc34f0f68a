// The page's one heartbeat: a new `now` each whole second of the server's clock, so that every
// clock on the page changes in the same instant; nothing is animated in between.

class Ticker {
  now = $state.raw(Date.now());
  #offset = 0;
  #users = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  // Follows the server's clock from here on.
  set offset(offset: number) {
    if (Math.abs(offset - this.#offset) < 100 && this.#offset !== 0) return;
    this.#offset = offset;
    this.#look();
  }

  // Called from an effect: ticks as long as somebody looks.
  use(): () => void {
    if (this.#users++ === 0) this.#tick();
    return () => {
      if (--this.#users === 0) clearTimeout(this.#timer);
    };
  }

  #look(): void {
    this.now = Date.now() + this.#offset;
  }

  #tick(): void {
    this.#look();
    this.#timer = setTimeout(() => this.#tick(), 1_000 - (this.now % 1_000) + 5);
  }
}

export const ticker = new Ticker();
