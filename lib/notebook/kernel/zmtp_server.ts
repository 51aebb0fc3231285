import { openZmtp, type SocketType, type ZmtpConnection } from "./zmtp_connection.ts";
import type { Frames } from "./zmtp_frame.ts";

/** A socket that others connect to. */
export interface ZmtpServer {
  /** Closes the socket when what was sent is on its way; who doesn't read it within a second loses it. */
  close(): Promise<void>;
}

// Nobody waits for what is sent: a client that has stopped reading must not hold up the others.

/** Many clients, each found again by its address. */
export interface RouterServer extends ZmtpServer {
  /** To the client named by the first frame; lost if it has gone. */
  send(frames: Frames): void;
}

/** One message to all who subscribed. */
export interface PubServer extends ZmtpServer {
  send(frames: Frames): void;
}

/** Where to listen. */
export interface ListenOptions {
  hostname: string;
  port: number;
}

/**
 * A ROUTER: each message arrives with the address of its sender in front.
 *
 * @throws {Error} if the port is taken.
 */
export function serveRouter(options: ListenOptions, onMessage: (frames: Frames) => void): RouterServer {
  const clients = new Map<string, ZmtpConnection>();
  let anonymous = 0;
  const server = serve(options, "ROUTER", async (client) => {
    const name = client.peerIdentity || `\0${anonymous++}`;
    clients.set(name, client); // who comes back under the same name takes over
    const address = Uint8Array.from(name, (letter) => letter.charCodeAt(0));
    for (let frames; (frames = await client.receive());) onMessage([address, ...frames]);
    if (clients.get(name) === client) clients.delete(name);
  });
  return {
    ...server,
    send([address, ...frames]) {
      clients.get(String.fromCharCode(...address))?.send(frames);
    },
  };
}

/**
 * A PUB: those who subscribed to what the first frame begins with get the message.
 *
 * @param welcome What a client is sent as soon as its subscription to a topic holds.
 */
export function servePub(options: ListenOptions, welcome?: (topic: string) => Frames): PubServer {
  const subscriptions = new Map<ZmtpConnection, Set<string>>();
  const server = serve(options, "PUB", async (client) => {
    const topics = new Set<string>();
    subscriptions.set(client, topics);
    // ZMTP 3.0: a byte 1 and a topic subscribes, a byte 0 ends that.
    for (let frames; (frames = await client.receive());) {
      const topic = String.fromCharCode(...frames[0].subarray(1));
      if (frames[0][0] !== 1) topics.delete(topic);
      else {
        topics.add(topic);
        if (welcome) client.send(welcome(topic));
      }
    }
    subscriptions.delete(client);
  });
  return {
    ...server,
    send(frames) {
      for (const [client, topics] of subscriptions) {
        if ([...topics].some((topic) => startsWith(frames[0], topic))) client.send(frames);
      }
    },
  };
}

/** A REP that answers each message with itself: Jupyter's heartbeat. */
export function serveEcho(options: ListenOptions): ZmtpServer {
  return serve(options, "REP", async (client) => {
    for (let frames; (frames = await client.receive());) await client.send(frames);
  });
}

const LINGER_MS = 1000;

function serve(
  options: ListenOptions,
  socketType: SocketType,
  handle: (client: ZmtpConnection) => Promise<void>,
): ZmtpServer {
  const listener = listen(options);
  const open = new Set<ZmtpConnection>();
  async function accept(socket: Deno.TcpConn) {
    const client = await openZmtp(socket, { socketType });
    open.add(client);
    await handle(client);
    open.delete(client);
    client.close();
  }
  (async () => {
    for await (const socket of listener) {
      accept(socket).catch((error) => console.error(`${socketType} ${options.port}: ${error.message}`));
    }
  })().catch(() => {}); // closed
  return {
    async close() {
      listener.close();
      let timer: ReturnType<typeof setTimeout> | undefined;
      const waited = new Promise<void>((resolve) => timer = setTimeout(resolve, LINGER_MS));
      await Promise.race([waited, Promise.all([...open].map((client) => client.flush()))]);
      clearTimeout(timer);
      for (const client of open) client.close();
    },
  };
}

function listen(options: ListenOptions): Deno.TcpListener {
  try {
    return Deno.listen(options);
  } catch (cause) {
    if (!(cause instanceof Deno.errors.AddrInUse)) throw cause;
    throw new Error(`Port ${options.port} is taken by another program: start the kernel again.`, { cause });
  }
}

function startsWith(frame: Uint8Array, topic: string): boolean {
  return topic === "" || String.fromCharCode(...frame.subarray(0, topic.length)) === topic;
}
