import type { ConnectionInfo } from "./connection_info.ts";
import type { CellOutput } from "./fenced_kernel.ts";
import type { JupyterMessage, MessageContent, MessageHeader } from "./jupyter_message.ts";
import { formatMessage, newMessage, parseMessage } from "./jupyter_message.ts";
import type { Frames } from "./zmtp_frame.ts";
import { serveEcho, servePub, serveRouter, type ZmtpServer } from "./zmtp_server.ts";

/** Ports at which front ends ask. */
export type AskedAt = "shell" | "control" | "stdin";

const TOLD_AT_MOST = 20; // so many dropped messages are told of in the log

/** The ports of a kernel: what comes from those who know the key is handed on, each message once, and what is sent is signed. */
export class KernelPorts {
  readonly session = crypto.randomUUID();
  #key: string;
  #servers;
  #known = signatureHistory();
  #dropped = 0;

  /** @throws {Error} if a port is taken; then none is open. */
  constructor(info: ConnectionInfo, handle: (message: JupyterMessage, at: AskedAt) => Promise<unknown>) {
    this.#key = info.key;
    const at = (port: number) => ({ hostname: info.ip, port });
    const router = (name: AskedAt) => () =>
      serveRouter(at(info[`${name}_port`]), (frames) => this.#received(frames, (message) => handle(message, name)));
    this.#servers = openServers({
      heartbeat: () => serveEcho(at(info.hb_port)),
      // Who subscribes misses what was sent before; the welcome says that from now on nothing is lost (Jupyter's JEP 65).
      iopub: () => servePub(at(info.iopub_port), (subscription) => this.#signed("iopub_welcome", { subscription })),
      shell: router("shell"),
      control: router("control"),
      stdin: router("stdin"),
    });
  }

  /** Tells all front ends. */
  publish(type: string, content: MessageContent, parent?: Partial<MessageHeader>): void {
    this.#servers.iopub.send(this.#signed(type, content, { parent }));
  }

  status(state: string, parent?: MessageHeader): void {
    this.publish("status", { execution_state: state }, parent);
  }

  /** Shows an output of the cell that a front end asked for. */
  show({ header, ...output }: CellOutput, parent: MessageHeader): void {
    const message = newMessage({ type: header.msg_type, ...output, parent, session: this.session });
    this.#servers.iopub.send(formatMessage(message, this.#key));
  }

  /** Tells the front end that asked. */
  answer(request: JupyterMessage, type: string, content: MessageContent | Uint8Array, via: AskedAt = "shell"): void {
    const { header: parent, addresses } = request;
    this.#servers[via].send(this.#signed(type, content, { parent, addresses }));
  }

  async close(): Promise<void> {
    await Promise.all(Object.values(this.#servers).map((server) => server.close()));
  }

  #signed(
    type: string,
    content: MessageContent | Uint8Array,
    to: { parent?: Partial<MessageHeader>; addresses?: JupyterMessage["addresses"] } = {},
  ): Frames {
    return formatMessage(newMessage({ type, content, session: this.session, ...to }), this.#key);
  }

  #received(frames: Frames, handle: (message: JupyterMessage) => Promise<unknown>): (() => void) | undefined {
    const tell = (error: Error) => {
      if (this.#dropped++ < TOLD_AT_MOST) console.error(`A message was dropped: ${error.message}`);
    };
    try {
      const message = parseMessage(frames, this.#key);
      if (this.#key !== "") this.#known.add(message.signature);
      return () => handle(message).catch(tell);
    } catch (error) {
      tell(error as Error);
      return undefined;
    }
  }
}

const REMEMBERED = 1 << 16; // so many signatures are remembered, as by Jupyter's own Session (`digest_history_size`)

/** Remembers the signatures of messages: one that comes again was recorded by a stranger and sent once more. */
export function signatureHistory(): { add(signature: string): void } {
  const known = new Set<string>();
  return {
    /** @throws {Error} where the signature is known. */
    add(signature) {
      if (known.has(signature)) throw new Error("Expected a new message but found one that came before.");
      known.add(signature);
      if (known.size > REMEMBERED) known.delete(known.values().next().value!); // the oldest
    },
  };
}

/** Opens all servers, or none where one throws, e.g. for a port that is taken. */
export function openServers<Openers extends Record<string, () => ZmtpServer>>(
  openers: Openers,
): { [Name in keyof Openers]: ReturnType<Openers[Name]> } {
  const opened: [string, ZmtpServer][] = [];
  try {
    for (const [name, open] of Object.entries(openers)) opened.push([name, open()]);
  } catch (error) {
    for (const [, server] of opened) server.close();
    throw error;
  }
  return Object.fromEntries(opened) as { [Name in keyof Openers]: ReturnType<Openers[Name]> };
}
