// What was just done and can be undone for ten seconds; the newest answers Ctrl+Z.

const shown_ms = 10_000;
export type Toast = { id: number; text: string; undo?: () => void; kind?: string };

class Toasts {
  list = $state.raw<Toast[]>([]);
  #next = 1;

  show(text: string, undo?: () => void, kind?: string): void {
    const toast = { id: this.#next++, text, undo, kind };
    const others = this.list.filter((one) => !kind || one.kind !== kind);
    // Three at most: an older one has had its time when newer work pushes it out.
    this.list = [...others, toast].slice(-3);
    setTimeout(() => this.drop(toast.id), shown_ms);
  }

  drop(id: number): void {
    this.list = this.list.filter((toast) => toast.id !== id);
  }

  undo(toast: Toast): void {
    this.drop(toast.id);
    toast.undo?.();
  }

  // True when there was something to undo; typing in a field keeps its own Ctrl+Z.
  undoNewest(): boolean {
    const newest = this.list.filter((toast) => toast.undo).at(-1);
    if (newest) this.undo(newest);
    return newest !== undefined;
  }
}

export const toasts = new Toasts();
