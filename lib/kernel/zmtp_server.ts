import { closeSocket, openZmtp, type SocketType, type ZmtpConnection } from "./zmtp_connection.ts";
import type { Frames } from "./zmtp_frame.ts";

/** A socket that others connect to. */
export interface ZmtpServer {
  /** Closes the socket when what was sent is on its way; who doesn't read it within a second loses it. */
  close(): Promise<void>;
}

// Nobody waits for what is sent: a client that has stopped reading must not hold up the others.

/** A ROUTER sends to the client that the first frame names, lost if it has gone; a PUB to all who subscribed. */
export interface SendingServer extends ZmtpServer {
  send(frames: Frames): void;
}

/**
 * A ROUTER: each message arrives with the address of its sender in front.
 *
 * @param accept Gives what is to be done with a message, or nothing where its sender may not speak here. Who may takes
 *   over the name of another connection, as one that comes back.
 * @throws {Error} if the port is taken.
 */
export function serveRouter(
  options: Deno.TcpListenOptions,
  accept: (frames: Frames) => (() => void) | undefined,
): SendingServer {
  const clients = new Map<string, ZmtpConnection>();
  let anonymous = 0;
  const server = serve(options, "ROUTER", async (client) => {
    const name = client.peerIdentity || `\0${anonymous++}`;
    if (!clients.has(name)) clients.set(name, client);
    const address = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
    try {
      for (let frames; (frames = await client.receive());) {
        const handle = accept([address, ...frames]);
        if (!handle) continue;
        clients.set(name, client);
        handle();
      }
    } finally {
      if (clients.get(name) === client) clients.delete(name);
    }
  });
  return {
    ...server,
    send([address, ...frames]) {
      clients.get(String.fromCharCode(...address))?.send(frames);
    },
  };
}

// Front ends subscribe to everything, by one empty topic.
const TOPICS_AT_MOST = 100, TOPIC_LENGTH_AT_MOST = 1000;

/**
 * A PUB: those who subscribed to what the first frame begins with get the message.
 *
 * @param welcome What a client is sent as soon as its subscription to a topic holds.
 */
export function servePub(options: Deno.TcpListenOptions, welcome?: (topic: string) => Frames): SendingServer {
  const subscriptions = new Map<ZmtpConnection, Set<string>>();
  const server = serve(options, "PUB", async (client) => {
    const topics = new Set<string>();
    subscriptions.set(client, topics);
    try {
      // ZMTP 3.0: a byte 1 and a topic subscribes, a byte 0 ends that.
      for (let frames; (frames = await client.receive());) {
        const topic = String.fromCharCode(...frames[0].subarray(1, 1 + TOPIC_LENGTH_AT_MOST));
        if (frames[0][0] !== 1) topics.delete(topic);
        else if (topics.size < TOPICS_AT_MOST) {
          topics.add(topic);
          if (welcome) client.send(welcome(topic));
        }
      }
    } finally {
      subscriptions.delete(client);
    }
  });
  return {
    ...server,
    send(frames) {
      const begins = (topic: string) => String.fromCharCode(...frames[0].subarray(0, topic.length)) === topic;
      for (const [client, topics] of subscriptions) if ([...topics].some(begins)) client.send(frames);
    },
  };
}

/** A REP that answers each message with itself: Jupyter's heartbeat. */
export function serveEcho(options: Deno.TcpListenOptions): ZmtpServer {
  return serve(options, "REP", async (client) => {
    for (let frames; (frames = await client.receive());) await client.send(frames);
  });
}

const LINGER_MS = 1000;
const GREETS_WITHIN_MS = 10_000; // a front end has greeted within milliseconds
const GREETING_AT_MOST = 100; // so many may be about to greet; a stranger who opens more loses the oldest
/** Longer than any message of a front end: only who knows the key may fill the memory, but a frame names its length first. */
const LENGTH_AT_MOST = 1 << 28;
const TOLD_AT_MOST = 10; // so many strangers are told of in the log

function serve(
  options: Deno.TcpListenOptions,
  socketType: SocketType,
  handle: (client: ZmtpConnection) => Promise<void>,
): ZmtpServer {
  const listener = listen(options), greeting = new Set<Deno.TcpConn>();
  const open = new Set<ZmtpConnection>();
  let closed = false, told = 0;

  async function greet(socket: Deno.TcpConn): Promise<ZmtpConnection> {
    const timer = setTimeout(() => closeSocket(socket), GREETS_WITHIN_MS);
    greeting.add(socket);
    if (greeting.size > GREETING_AT_MOST) closeSocket(greeting.values().next().value!);
    try {
      return await openZmtp(socket, { socketType, lengthAtMost: LENGTH_AT_MOST });
    } finally {
      clearTimeout(timer);
      greeting.delete(socket);
    }
  }

  async function talk(socket: Deno.TcpConn) {
    const client = await greet(socket);
    open.add(client);
    try {
      await handle(client);
    } finally {
      open.delete(client);
      client.close();
    }
  }

  function tell({ message }: Error) {
    if (told++ < TOLD_AT_MOST) console.error(`${socketType} ${options.port}: ${message}`);
  }

  acceptAll(listener, () => closed, (socket) => talk(socket).catch(tell));

  return {
    async close() {
      closed = true;
      listener.close();
      greeting.forEach(closeSocket);
      let timer: ReturnType<typeof setTimeout> | undefined;
      const waited = new Promise<void>((resolve) => timer = setTimeout(resolve, LINGER_MS));
      await Promise.race([waited, Promise.all([...open].map((client) => client.flush()))]);
      clearTimeout(timer);
      for (const client of open) client.close();
    },
  };
}

const ACCEPTS_AGAIN_MS = 20; // after a failed accept, as where too many files are open, the next one waits

/** Goes on whatever becomes of one connection: a peer that was gone before it was accepted is an error of `accept`. */
async function acceptAll(
  listener: Deno.TcpListener,
  isClosed: () => boolean,
  onSocket: (socket: Deno.TcpConn) => void,
) {
  while (!isClosed()) {
    try {
      onSocket(await listener.accept());
    } catch {
      if (!isClosed()) await new Promise((resolve) => setTimeout(resolve, ACCEPTS_AGAIN_MS));
    }
  }
}

function listen(options: Deno.TcpListenOptions): Deno.TcpListener {
  try {
    return Deno.listen(options);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new Error(`Port ${options.port} is taken by another program: start the kernel again.`, { cause });
  }
}
