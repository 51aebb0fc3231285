/** Where the runtime in the kernel finds its session. */
export interface RuntimeAddress {
  /** Port of the loopback that the words come from. */
  port: number;
  /** First line to send, which shows that this is the right process. */
  token: string;
  /** File that the session locks while a termination is on its way. */
  guard: string;
  /** File that the runtime locks while code of a cell runs. */
  busy: string;
  /** File that the session locks while a cell is to be stopped: loops look at it. Its text is a {@linkcode formatStop}. */
  stop: string;
}

/** What the runtime is asked. Asked again until the cell has ended: a word can get lost in a termination. */
export interface StopRequest {
  cell: number;
  /** Code that took the signal is not waited for. */
  hurried: boolean;
  /** A chain of awaits was cut: its promise is to be collected. */
  collect: boolean;
}

/** A request as a line of text, JSON. */
export function formatStop({ cell, hurried, collect }: StopRequest): string {
  return JSON.stringify({ cell, hurried, collect });
}

/** Opens the loopback port to which the runtime in the kernel connects, several times: lines of text, both ways. */
export function openRuntimeLink() {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const token = crypto.randomUUID();
  const { promise: connected, resolve: connect } = Promise.withResolvers<void>();
  const candidates = new Set<Deno.Conn>();
  let ears: Deno.Conn[] = [];
  let turn = 0;
  let onLine = (_: string) => {};

  async function read(candidate: Deno.Conn) {
    const decoder = new TextDecoder(), bytes = new Uint8Array(1024);
    let text = "";
    candidates.add(candidate);
    for (let count; (count = await candidate.read(bytes).catch(() => null)) !== null;) {
      text += decoder.decode(bytes.subarray(0, count), { stream: true });
      const lines = text.split("\n");
      text = lines.pop()!;
      for (const line of lines) {
        if (ears.includes(candidate)) onLine(line);
        else if (line === token) {
          ears.push(candidate);
          connect();
        } else return end(candidate); // a stranger
      }
    }
    end(candidate);
  }

  function end(candidate: Deno.Conn) {
    ears = ears.filter((ear) => ear !== candidate);
    if (candidates.delete(candidate)) candidate.close();
  }

  (async () => {
    for await (const candidate of listener) read(candidate);
  })().catch(() => {}); // closed

  return {
    port: listener.addr.port,
    /** First line of a connection, which shows that it comes from the right process. */
    token,
    /** Resolves when the runtime is there. */
    connected,
    /** Calls `listener` with each line that the runtime says. */
    onLine: (listener: (line: string) => void) => onLine = listener,
    /** Says a line, each on another connection than the one before. */
    tell(line: string): void {
      ears[turn++ % ears.length]?.write(new TextEncoder().encode(`${line}\n`)).catch(() => {});
    },
    close() {
      listener.close();
      for (const candidate of candidates) end(candidate);
    },
  };
}
