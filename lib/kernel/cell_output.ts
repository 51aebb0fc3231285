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
