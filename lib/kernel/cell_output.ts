import process from "node:process";

// This module runs inside the kernel.

type StreamName = "stdout" | "stderr";

/**
 * Makes what a cell writes past `console` appear under the cell: `Deno.stdout.write`, Node's `process.stdout`, and the
 * output that a subprocess inherits. Deno's kernel sends these into a pipe that nobody reads.
 */
export function showAllOutput(): void {
  const broadcast = Deno.jupyter.broadcast;
  const print = (name: StreamName, text: string) => broadcast("stream", { name, text });
  for (const name of ["stdout", "stderr"] as const) {
    const decoder = new TextDecoder();
    const writeSync = (bytes: Uint8Array) => {
      print(name, decoder.decode(bytes, { stream: true }));
      return bytes.length;
    };
    Object.assign(Deno[name], { writeSync, write: (bytes: Uint8Array) => Promise.resolve(writeSync(bytes)) });
    process[name].write = ((piece: string | Uint8Array, ...rest: unknown[]) => {
      writeSync(typeof piece === "string" ? new TextEncoder().encode(piece) : piece);
      const done = rest.at(-1);
      if (typeof done === "function") queueMicrotask(() => done());
      return true;
    }) as typeof process.stdout.write;
  }
  Deno.Command = visibleCommand(Deno.Command, print);
}

/** `Deno.Command` whose inherited output is read and printed, and whose status comes after its output. */
function visibleCommand(
  Command: typeof Deno.Command,
  print: (name: StreamName, text: string) => void,
): typeof Deno.Command {
  return class extends Command {
    #inherited: { spawn: StreamName[]; output: StreamName[] };

    constructor(command: string | URL, options: Deno.CommandOptions = {}) {
      // spawn() inherits by default, output() pipes.
      const inherits = (name: StreamName, byDefault: Deno.CommandOptions["stdout"]) =>
        (options[name] ?? byDefault) === "inherit";
      const names = ["stdout", "stderr"] as const;
      const spawn = names.filter((name) => inherits(name, "inherit"));
      const output = names.filter((name) => inherits(name, "piped"));
      const piped = Object.fromEntries(spawn.map((name) => [name, "piped"]));
      super(command, { ...options, ...piped });
      this.#inherited = { spawn, output };
    }

    override spawn(): Deno.ChildProcess {
      const child = super.spawn();
      const shown = Promise.all(this.#inherited.spawn.map(async (name) => {
        const decoder = new TextDecoder();
        for await (const bytes of child[name]) print(name, decoder.decode(bytes, { stream: true }));
      }));
      const status = Promise.all([child.status, shown]).then(([ended]) => ended);
      return new Proxy(child, {
        get(target, key) {
          if (key === "status") return status;
          const value = Reflect.get(target, key, target);
          return typeof value === "function" ? value.bind(target) : value;
        },
      });
    }

    override async output(): Promise<Deno.CommandOutput> {
      return this.#show(await super.output());
    }

    override outputSync(): Deno.CommandOutput {
      return this.#show(super.outputSync());
    }

    #show(result: Deno.CommandOutput): Deno.CommandOutput {
      for (const name of this.#inherited.output) print(name, new TextDecoder().decode(result[name]));
      return result;
    }
  };
}

/** A module whose `showAs(value)` gives the way in which a value shows itself, for those that it knows. */
interface DisplaysModule {
  showAs(value: unknown): (() => Promise<void>) | undefined;
}

/** What Deno's kernel calls with the value of a cell; it is looked up anew each time. */
interface Results {
  broadcastResult(executionCount: number, value: unknown): Promise<void>;
}

const SHORT = 400; // letters of a value in short

/** The values that cells give and throw; takes the showing of results over from Deno's kernel. */
export function cellValues(displays?: string) {
  let kept: { value: unknown } | undefined;
  const { internal } = Deno as unknown as { internal: symbol };
  const { jupyter } = (Deno as unknown as Record<symbol, { jupyter: Results }>)[internal];
  const broadcastResult = jupyter.broadcastResult;
  jupyter.broadcastResult = async (executionCount, carried) => {
    const value = kept ? kept.value : carried;
    const show = await displayOf(value, displays);
    await (show ? show() : broadcastResult(executionCount, value));
  };
  const lastAsked = keepThrown();
  let thrownHere: { value: unknown } | undefined;
  return {
    /** Keeps and returns the value of a cell's last expression: the inspector's protocol loses NaN, -0, bigints and null. */
    result: <T>(value: T): T => (kept = { value }, value),
    /** Keeps and returns what a cell throws, for the same reason. */
    thrown: <T>(value: T): T => (thrownHere = { value }, value),
    /** What was thrown last, with cause, errors and fields, as the console would print it. */
    describeThrown: () => Deno.inspect(lastAsked() ?? thrownHere?.value, { depth: 6 }),
    /** What a getter gives, in short; an empty text for functions and where it throws. */
    describe(get: () => unknown): string {
      try {
        const value = get();
        if (typeof value === "function") return "";
        const text = Deno.inspect(value, { depth: 2, iterableLimit: 5, strAbbreviateSize: 200 });
        return text.length > SHORT ? `${text.slice(0, SHORT)} …` : text;
      } catch {
        return "";
      }
    },
    /** A cell has ended. */
    reset: () => kept = undefined,
  };
}

/** The module is loaded when the first object is shown: it knows nothing of numbers and texts. */
async function displayOf(value: unknown, displays: string | undefined) {
  if (typeof value !== "object" || value === null || displays === undefined) return undefined;
  if (Symbol.for("Jupyter.display") in value) return undefined;
  return (await import(displays) as DisplaysModule).showAs(value);
}

/**
 * Deno's kernel tells name, message and stack of what was thrown and lets go of the rest. Before, it asks whether the value
 * is `instanceof Error`: the last value for which anybody asked is the one.
 */
function keepThrown(): () => unknown {
  let asked: unknown;
  const ordinary = Function.prototype[Symbol.hasInstance];
  Object.defineProperty(Error, Symbol.hasInstance, {
    configurable: true,
    value(this: unknown, value: unknown) {
      if (this === Error) asked = value;
      return ordinary.call(this as never, value);
    },
  });
  return () => asked;
}
