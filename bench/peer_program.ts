import { fileURLToPath } from "node:url";
/** A script of `bench/peers` that has loaded its libraries and measures whenever it is asked to. */
export interface PeerProgram {
  /** One measurement: what the script prints for a line of input, as JSON. */
  measure<Answer>(): Promise<Answer>;
  close(): Promise<void>;
}

/** Which script, what it needs to import, and its arguments. */
export interface PeerScript {
  script: string;
  /** As after `import`: `"keras, tensorflow"`. */
  libraries: string;
  args: string[];
}

const installed = new Map<string, Promise<boolean>>();

/**
 * Starts the script, so that its measurements can take turns with ours; nothing where this Python or its libraries
 * aren't there.
 */
export async function openPeer(
  python: string | undefined,
  { script, libraries, args }: PeerScript,
): Promise<PeerProgram | undefined> {
  if (!python || !await canImport(python, libraries)) return undefined;
  const path = fileURLToPath(new URL(`./peers/${script}`, import.meta.url));
  const child = new Deno.Command(python, { args: [path, ...args], stdin: "piped", stdout: "piped", stderr: "null" })
    .spawn();
  const asked = child.stdin.getWriter();
  const answers = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
  return {
    async measure<Answer>() {
      await asked.write(new TextEncoder().encode("\n"));
      let text = "";
      while (!text.includes("\n")) {
        const { value, done } = await answers.read();
        if (done) throw new Error(`${python} ${path} ${args.join(" ")} ended without an answer`);
        text += value;
      }
      return JSON.parse(text) as Answer;
    },
    async close() {
      await asked.close();
      await answers.cancel();
      await child.status;
    },
  };
}

/** Whether this Python can import these libraries; asked once. */
function canImport(python: string, libraries: string): Promise<boolean> {
  const key = `${python} ${libraries}`;
  const known = installed.get(key) ?? succeeds(python, ["-c", `import ${libraries}`]);
  installed.set(key, known);
  return known;
}

async function succeeds(program: string, args: string[]): Promise<boolean> {
  try {
    return (await new Deno.Command(program, { args, stdout: "null", stderr: "null" }).output()).success;
  } catch {
    return false; // there is no such program
  }
}
