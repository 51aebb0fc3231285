// This module runs inside the kernel.

/** A loop looks outside about as often, ms: never so often that it gets slower, and so soon that nobody waits. */
const OFTEN_MS = 2, SELDOM_MS = 20;

/** How code that doesn't let the event loop turn learns of a stop. */
export interface LoopChecks {
  /** A loop calls it in each turn, with a number of its own. */
  turn(loop: number): void;
  /** Looks now. */
  look(): void;
}

/** Options of {@linkcode loopChecks}. What is thrown ends the loop. */
export interface LoopChecksOptions {
  /** File that the session locks while a cell is to be stopped; its text says which. */
  path: string;
  /** Called with that text. */
  onStop: (text: string) => void;
  /** Called each time. */
  onLook: () => void;
}

/**
 * Lets a loop without an await see that its cell is to be stopped. A loop counts its turns, and looks at the file once in so
 * many that it does so every few milliseconds.
 */
export function loopChecks({ path, onStop, onLook }: LoopChecksOptions): LoopChecks {
  const file = Deno.openSync(path, { write: true });
  const left: number[] = [], stride: number[] = [], looked: number[] = [];

  function look() {
    if (file.tryLockSync(false)) return file.unlockSync();
    const text = Deno.readTextFileSync(path);
    if (text !== "") onStop(text); // else it is just being written
  }

  function adapt(loop: number) {
    const now = performance.now();
    const elapsed = now - (looked[loop] ?? now);
    const turns = stride[loop] ?? 1;
    stride[loop] = elapsed < OFTEN_MS ? turns * 2 : elapsed > SELDOM_MS ? Math.max(1, turns >> 2) : turns;
    left[loop] = stride[loop];
    looked[loop] = now;
  }

  return {
    look,
    turn(loop) {
      if (--left[loop] > 0) return;
      adapt(loop);
      onLook();
      look();
    },
  };
}
