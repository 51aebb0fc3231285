/** Stops the running cell from outside its process. */
export interface Interrupter {
  /** Port and token for {@linkcode startCellRuntime}. */
  port: number;
  token: string;
  /** Resolves when the runtime is there. */
  connected: Promise<void>;
  /** A cell begins: what was known about the one before is forgotten. */
  reset(): void;
  /** Whether the running cell was asked to stop. */
  asked(): boolean;
  /**
   * Asks the cell to stop.
   *
   * @param terminate Called if the process doesn't hear: it runs a loop without an await, or it is asked again.
   */
  interrupt(terminate: () => void): void;
  close(): void;
}

/** Bytes that the runtime understands; it answers each with "heard". */
export const INTERRUPT = 1, PING = 2;

/** A process that doesn't hear for so long runs a loop without an await. */
const HEARS_WITHIN_MS = 300;
/** Code that took the signal wants to end by itself; it may be in the middle of a long step. */
const ENDS_WITHIN_MS = 5000;

/** Opens the loopback port to which the runtime in the kernel connects. */
export function openInterrupter(): Interrupter {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const token = crypto.randomUUID();
  const { promise: connected, resolve: connect } = Promise.withResolvers<void>();
  let socket: Deno.Conn | undefined;
  let heard = false, asked = false, signalTaken = false, closed = false;
  let timer: ReturnType<typeof setTimeout> | undefined;

  async function read(candidate: Deno.Conn) {
    const decoder = new TextDecoder();
    const bytes = new Uint8Array(1024);
    let text = "";
    for (let count; (count = await candidate.read(bytes).catch(() => null)) !== null;) {
      text += decoder.decode(bytes.subarray(0, count), { stream: true });
      const words = text.split("\n");
      text = words.pop()!;
      for (const word of words) {
        if (word === token) {
          socket = candidate;
          connect();
        } else if (candidate !== socket) return candidate.close(); // a stranger
        else if (word === "heard") heard = true;
        else if (word === "signal-taken") signalTaken = true;
      }
    }
  }

  (async () => {
    for await (const candidate of listener) read(candidate);
  })().catch(() => {}); // closed

  function send(byte: number, terminate: () => void) {
    heard = false;
    socket?.write(Uint8Array.of(byte)).catch(() => {});
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (!heard) terminate();
      // It heard, and may still spin from then on, catching one interrupt after the other.
      send(PING, terminate);
    }, signalTaken ? ENDS_WITHIN_MS : HEARS_WITHIN_MS);
  }

  function reset() {
    clearTimeout(timer);
    heard = asked = signalTaken = false;
  }

  return {
    port: listener.addr.port,
    token,
    connected,
    reset,
    asked: () => asked,
    interrupt(terminate) {
      if (asked) terminate();
      asked = true;
      send(INTERRUPT, terminate);
    },
    close() {
      if (closed) return; // who stops a cell that doesn't end closes its kernel, and so does who started it
      closed = true;
      reset();
      listener.close();
      socket?.close();
    },
  };
}
