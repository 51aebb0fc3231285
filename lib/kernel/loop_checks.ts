// This module runs inside the kernel.

/** A loop looks outside about as often, ms: never so often that it gets slower, and so soon that nobody waits. */
const OFTEN_MS = 2, SELDOM_MS = 20;

/**
 * Lets a loop without an await see that its cell is to be stopped. A loop counts its turns, and looks at the file once in so
 * many that it does so every few milliseconds.
 *
 * @param options `path`: file that the session locks while a cell is to be stopped; its text, which says which, goes to
 *   `onStop`. `onLook` is called each time. What either throws ends the loop.
 */
export function loopChecks(
  { path, onStop, onLook }: { path: string; onStop: (text: string) => void; onLook: () => void },
) {
  const file = Deno.openSync(path, { write: true });
  const left: number[] = [], stride: number[] = [], looked: number[] = [];

  function look(): void {
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
    /** A loop calls it in each turn, with a number of its own. */
    turn(loop: number): void {
      if (--left[loop] > 0) return;
      adapt(loop);
      onLook();
      look();
    },
  };
}
