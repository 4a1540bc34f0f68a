// When others' changes reach the view: once per frame, or twice a second when this device is slow
// (its own p95 frame over 50 ms). Chance to measure comes as functions, so it is tested without
// DOM.

const slow_frame_ms = 50;
const slow_pace_ms = 500;
// A hidden page gets no frames; its title and announcements still want the news.
const hidden_pace_ms = 1_000;
const frames_kept = 60;

export class Frames {
  #kept: number[] = [];

  add(ms: number): void {
    this.#kept.push(ms);
    if (this.#kept.length > frames_kept) this.#kept.shift();
  }

  get p95(): number {
    if (this.#kept.length < 10) return 0;
    const sorted = [...this.#kept].sort((a, b) => a - b);
    return sorted[Math.floor(sorted.length * 0.95)];
  }

  get slow(): boolean {
    return this.p95 > slow_frame_ms;
  }
}

export class Pace {
  readonly frames = new Frames();
  #due = false;

  constructor(readonly flush: () => void) {}

  // Something came in: flush() will run soon, once for all that comes until then.
  soon(): void {
    if (this.#due) return;
    this.#due = true;
    if (document.hidden) setTimeout(() => this.#run(), hidden_pace_ms);
    else if (this.frames.slow) setTimeout(() => this.#run(), slow_pace_ms);
    else requestAnimationFrame(() => this.#run());
  }

  // One's own action waits for nothing.
  now(): void {
    this.flush();
  }

  #run(): void {
    this.#due = false;
    const start = performance.now();
    this.flush();
    requestAnimationFrame((at) => this.frames.add(Math.max(0, at - start)));
  }
}
