import vm from "node:vm";
import type { RuntimeAddress } from "./runtime_link.ts";

// This module runs inside the kernel.

/** Code that ran shorter was not terminated: the session waits longer than that for an answer. */
const LONG_MS = 200;
const GAP_MS = 5; // code of a cell that goes on within this time has not let the event loop turn

/**
 * Keeps a termination that comes a moment too late from hitting what is innocent: V8 ends whatever runs when the order to
 * terminate arrives, and if nothing runs, the event loop for good. So the order is given only while a cell's code is on the
 * stack, which the lock of `busy` says. Between the order and its arrival that code may end by itself: then a timer, a library
 * or this runtime would be hit. So the session holds the lock of `guard` until the order has arrived. Code that ran long asks
 * for the same lock before anything else runs, and waits for it inside a script with a time limit: at the limit V8 takes back
 * every termination, whoever ordered it.
 *
 * @param lock Text that calls the guard's own `lock` from a script.
 */
export function terminationGuard({ guard, busy }: Pick<RuntimeAddress, "guard" | "busy">, lock: string) {
  const guarded = Deno.openSync(guard, { write: true });
  const running = Deno.openSync(busy, { write: true });
  const script = new vm.Script(`${lock}; for (;;);`);
  let inside = 0, began = 0, seen = 0, isRunning = false;

  function rest() {
    if (isRunning) running.unlockSync();
    isRunning = false;
  }

  function pass() {
    try {
      script.runInThisContext({ timeout: 1 });
    } catch {
      // the time limit: nothing is left to come
    }
    rest();
    guarded.unlockSync();
    began = seen = performance.now();
  }

  function left() {
    inside = Math.max(0, inside - 1);
    seen = performance.now();
    if (seen - began > LONG_MS) pass();
    else if (inside === 0) rest();
  }

  return {
    lock: () => guarded.lockSync(true),
    /** Waits here for a termination that is on its way, if one is, and swallows it. */
    pass,
    /** Ends the waiting for code that was terminated and never came to its end. */
    forget(): void {
      inside = 0;
      rest();
    },
    /** Code that may run long begins, in this turn of the event loop or the next microtask. */
    watch(): void {
      if (!isRunning) {
        running.lockSync(true);
        isRunning = true;
      }
      const now = performance.now();
      if (inside++ === 0 && now - seen > GAP_MS) began = now;
      seen = now;
      queueMicrotask(left);
    },
  };
}
