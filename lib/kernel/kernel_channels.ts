import type { ConnectionInfo } from "./connection_info.ts";
import type { JupyterMessage, MessageContent } from "./jupyter_message.ts";
import { formatMessage, newMessage, parseMessage, readContent } from "./jupyter_message.ts";
import { openZmtp, type SocketType, type ZmtpConnection } from "./zmtp_connection.ts";

/** The channels of a kernel as its client sees them. */
export interface KernelChannels {
  shell: KernelChannel;
  control: KernelChannel;
  stdin: KernelChannel;
  /** Outputs and states; only {@linkcode KernelChannel.receive} makes sense. */
  iopub: KernelChannel;
  /** The content of the kernel's `kernel_info_reply`. */
  info: MessageContent;
  /** The client's session id, for {@linkcode newMessage}. */
  session: string;
}

export interface KernelChannel {
  send(message: JupyterMessage): Promise<void>;
  /** The next message, or `undefined` once the kernel has gone. */
  receive(): Promise<JupyterMessage | undefined>;
}

/**
 * Connects to a kernel that is starting.
 *
 * @param ended Settles when the kernel's process has ended.
 * @throws {Error} if it ended, or if somebody answers who doesn't know the key.
 */
export async function connectChannels(info: ConnectionInfo, ended: Promise<unknown>): Promise<KernelChannels> {
  const session = crypto.randomUUID();
  let gone = false;
  ended.then(() => gone = true);
  // The kernel asks for input under the address of the shell request: both sockets bear the same name.
  const open = async (port: number, socketType: SocketType, repair = false) => {
    const socket = await connectWhenOpen(port, () => gone);
    return openZmtp(socket, { socketType, identity: session, repair });
  };
  const [shell, control, stdin, iopub] = await Promise.all([
    open(info.shell_port, "DEALER"),
    open(info.control_port, "DEALER"),
    open(info.stdin_port, "DEALER"),
    open(info.iopub_port, "SUB", true),
  ]);
  ended.then(() => [shell, control, stdin, iopub].forEach((connection) => connection.close()));
  await iopub.send([Uint8Array.of(1)]); // subscribe to everything
  const channels = {
    info: {},
    shell: signedChannel(shell, info.key),
    control: signedChannel(control, info.key),
    stdin: signedChannel(stdin, info.key),
    iopub: acknowledging(signedChannel(iopub, info.key), iopub),
    session,
  };
  return { ...channels, info: await waitForOutputs(channels) };
}

async function connectWhenOpen(port: number, gone: () => boolean): Promise<Deno.TcpConn> {
  while (true) {
    try {
      return await Deno.connect({ hostname: "127.0.0.1", port });
    } catch (error) {
      if (gone()) throw error;
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

/** Messages over a connection; those that aren't signed with the key come from a stranger and are refused. */
export function signedChannel(connection: ZmtpConnection, key: string): KernelChannel {
  return {
    send: (message) => connection.send(formatMessage(message, key)),
    async receive() {
      const frames = await connection.receive();
      return frames && parseMessage(frames, key);
    },
  };
}

const NOTHING = [Uint8Array.of(0, 0)]; // ends the subscription to a topic that never was one
const ACKNOWLEDGE_WITHIN_MS = 1;

/**
 * Sends nothing of meaning back from time to time. The kernel's sockets hold a small message back until the one before
 * has been acknowledged (RFC 896), and a side that only receives puts that off for 40 ms (RFC 1122).
 */
function acknowledging(channel: KernelChannel, connection: ZmtpConnection): KernelChannel {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const acknowledge = () => {
    timer = undefined;
    connection.send(NOTHING);
  };
  return {
    ...channel,
    receive() {
      const message = channel.receive();
      message.then(() => timer ??= setTimeout(acknowledge, ACKNOWLEDGE_WITHIN_MS), () => {});
      return message;
    },
  };
}

/** A subscription takes effect some time after it was sent: ask until the outputs of a request arrive. */
async function waitForOutputs({ shell, iopub, session }: KernelChannels): Promise<MessageContent> {
  let asked = 0;
  const ask = () => {
    asked++;
    return shell.send(newMessage({ type: "kernel_info_request", content: {}, session }));
  };
  const first = iopub.receive();
  await ask();
  const timer = setInterval(ask, 20);
  const seen = await first.finally(() => clearInterval(timer));
  let reply: JupyterMessage | undefined;
  for (let answered = 0; answered < asked; answered++) reply = await shell.receive();
  if (!seen || !reply) throw new Error("Expected the kernel to answer but found that it has ended.");
  return readContent(reply);
}
