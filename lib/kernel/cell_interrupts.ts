import { AsyncLocalStorage } from "node:async_hooks";

// This module runs inside the kernel.

/** What awaited code gets to see when its cell was stopped. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("The cell was stopped.");
    this.stack = `${this.name}: ${this.message}`; // where the runtime made it says nothing
  }
}

/** What a stop has to know of a cell. */
interface Cell {
  number: number;
  waiters: Set<(reason: Interrupted) => void>;
  controller: AbortController;
  signalTaken: boolean;
  interrupted?: Interrupted;
  mustEnd: boolean; // it is not given time to end by itself
}

export interface CellInterruptsOptions {
  /** Called when code of a cell is about to go on. */
  onResume?: () => void;
  /** Called when code asks for the signal of this cell. */
  onSignalTaken?: (cell: number) => void;
}

/**
 * The waiting awaits of each cell and its signal. Whose an await is, the asynchronous context says: a function of one
 * cell that another one calls waits for the caller, and a loop that an earlier cell left running stays that cell's.
 */
export function cellInterrupts({ onResume = () => {}, onSignalTaken = () => {} }: CellInterruptsOptions = {}) {
  const context = new AsyncLocalStorage<Cell>();
  let current = newCell(1);
  const owner = () => context.getStore() ?? current;

  function wait<T>(value: T): T | Promise<Awaited<T>> {
    if (!isThenable(value)) return value;
    const cell = owner();
    // A race against one promise that lives long would keep all it ever raced against: hence the set.
    return new Promise((resolve, reject) => {
      cell.waiters.add(reject);
      const settle = <V>(how: (value: V) => void) => (value: V) => {
        cell.waiters.delete(reject);
        how(value);
        onResume();
      };
      Promise.resolve(value).then(settle(resolve), settle(reject));
      if (cell.interrupted) settle(reject)(cell.interrupted);
    });
  }

  return {
    wait,
    each: <T>(items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>) => eachOf(items, wait),
    /** What runs from here on, now and in its callbacks, belongs to the current cell. */
    enter: () => context.enterWith(current),
    cell: () => current.number,
    signal(): AbortSignal {
      const cell = owner();
      cell.signalTaken = true;
      onSignalTaken(cell.number);
      return cell.controller.signal;
    },
    /** Stops a cell; nothing happens where it has ended. Code that took the signal ends by itself, unless `hurried`. */
    interrupt(number: number, { hurried = false } = {}): void {
      if (number !== current.number) return;
      const { waiters, controller, signalTaken } = current;
      const reason = current.interrupted ??= new Interrupted();
      controller.abort(reason);
      if (signalTaken && !hurried) return;
      current.mustEnd = true;
      for (const reject of waiters) reject(reason);
      waiters.clear();
    },
    /** @throws {Interrupted} in code of a cell that was stopped, also where the cell has left it running. */
    throwIfStopped(): void {
      if (owner().mustEnd) throw new Interrupted();
    },
    /** The cell before has ended, and this one comes next. */
    next(number: number): void {
      current.interrupted = undefined; // what it left running goes on
      current = newCell(number);
    },
  };
}

/** The items, each awaited as `wait` does it. */
async function* eachOf<T>(
  items: AsyncIterable<T> | Iterable<T | PromiseLike<T>>,
  wait: <V>(value: V) => V | Promise<Awaited<V>>,
) {
  const source = items as AsyncIterable<T>;
  const iterator = source[Symbol.asyncIterator]?.() ?? (items as Iterable<T>)[Symbol.iterator]();
  let done = false;
  try {
    while (true) {
      const result = await wait(iterator.next());
      done = result.done ?? false;
      if (done) return;
      yield await wait(result.value);
    }
  } finally {
    if (!done) iterator.return?.();
  }
}

function newCell(number: number): Cell {
  return { number, waiters: new Set(), controller: new AbortController(), signalTaken: false, mustEnd: false };
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return (typeof value === "object" || typeof value === "function") && value !== null &&
    typeof (value as { then?: unknown }).then === "function";
}

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
    const now = performance.now(), elapsed = now - (looked[loop] ?? now), turns = stride[loop] ?? 1;
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
