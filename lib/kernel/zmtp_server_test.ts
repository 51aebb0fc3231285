import { expect } from "expect";
import { openZmtp } from "./zmtp_connection.ts";
import { serveEcho, servePub, serveRouter } from "./zmtp_server.ts";

const hostname = "127.0.0.1";
const bytes = (text: string) => new TextEncoder().encode(text);

function freePort(): number {
  const listener = Deno.listen({ hostname, port: 0 });
  listener.close();
  return listener.addr.port;
}

async function connect(port: number, options: Parameters<typeof openZmtp>[1]) {
  return openZmtp(await Deno.connect({ hostname, port }), options);
}

Deno.test("serveRouter() answers each client by its address", async () => {
  const port = freePort();
  const router = serveRouter({ hostname, port }, ([address, text]) => () => router.send([address, bytes("to"), text]));
  const clients = await Promise.all(
    ["ann", "", "bob"].map((identity) => connect(port, { socketType: "DEALER", identity })),
  );
  for (const [i, client] of clients.entries()) await client.send([bytes(`${i}`)]);
  for (const [i, client] of clients.entries()) expect(await client.receive()).toEqual([bytes("to"), bytes(`${i}`)]);
  clients.forEach((client) => client.close());
  await router.close();
});

Deno.test("servePub() sends to those who subscribed, megabytes in one piece and in order", async () => {
  const port = freePort();
  const pub = servePub({ hostname, port });
  const all = await connect(port, { socketType: "SUB" });
  const some = await connect(port, { socketType: "SUB" });
  await all.send([Uint8Array.of(1)]);
  await some.send([Uint8Array.of(1, ...bytes("b"))]);
  const large = new Uint8Array(3_000_000).map((_, i) => i);
  const first = all.receive();
  let here = false;
  first.then(() => here = true);
  while (!here) { // until the subscriptions have arrived
    pub.send([bytes("a")]);
    pub.send([bytes("b"), large]);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  const received = [await first, await all.receive()];
  expect(received[0]).toEqual([bytes("a")]);
  expect(received[1]?.[1].length).toBe(large.length);
  expect(await some.receive()).toMatchObject([bytes("b"), { length: large.length }]);
  all.close();
  some.close();
  await pub.close();
});

Deno.test("servePub() holds nothing up for a subscriber that has stopped reading, and ends", async () => {
  const port = freePort();
  const pub = servePub({ hostname, port }, (topic) => [bytes(`welcome to ${topic}`)]);
  const open = async () => {
    const client = await connect(port, { socketType: "SUB" });
    await client.send([Uint8Array.of(1)]);
    await client.receive(); // the welcome: the subscription holds
    return client;
  };
  const [reading, stopped] = [await open(), await open()];
  const large = new Uint8Array(20_000_000); // more than the system keeps for a connection
  for (let i = 0; i < 3; i++) pub.send([bytes("a"), large]);
  for (let i = 0; i < 3; i++) expect((await reading.receive())?.[1].length).toBe(large.length);
  await pub.close();
  reading.close();
  stopped.close();
});

Deno.test("a peer that leaves too much unread is let go", async () => {
  const listener = Deno.listen({ hostname, port: 0 });
  const accepted = listener.accept();
  const peer = connect(listener.addr.port, { socketType: "SUB" });
  const connection = await openZmtp(await accepted, { socketType: "PUB", unreadAtMost: 1000 });
  await connection.send([new Uint8Array(900)]);
  await connection.send([new Uint8Array(900)]); // the first one has been written
  const both = [connection.send([new Uint8Array(900)]), connection.send([new Uint8Array(900)])];
  await Promise.all(both);
  const reader = await peer;
  for (let i = 0; i < 2; i++) expect((await reader.receive())?.[0].length).toBe(900);
  expect(await reader.receive()).toBeUndefined();
  reader.close();
  listener.close();
});

Deno.test("serveEcho() sends a heartbeat back", async () => {
  const port = freePort();
  const echo = serveEcho({ hostname, port });
  const client = await connect(port, { socketType: "REQ" });
  await client.send([new Uint8Array(0), bytes("ping")]);
  expect(await client.receive()).toEqual([new Uint8Array(0), bytes("ping")]);
  client.close();
  await echo.close();
});

Deno.test("openZmtp() refuses another protocol", async () => {
  const listener = Deno.listen({ hostname, port: 0 });
  const web = (async () => {
    const socket = await listener.accept();
    await socket.write(bytes("HTTP/1.1 400 Bad Request\r\n".padEnd(64)));
    socket.close();
  })();
  await expect(connect(listener.addr.port, { socketType: "DEALER" })).rejects.toThrow(/another program uses this port/);
  await web;
  listener.close();
});

Deno.test("serveRouter() says that a port is taken", () => {
  const listener = Deno.listen({ hostname, port: 0 });
  expect(() => serveRouter({ hostname, port: listener.addr.port }, () => undefined)).toThrow(
    /^Port \d+ is taken by another program/,
  );
  listener.close();
});

/** Resolves when the other side has closed the connection. */
async function closed(socket: Deno.Conn): Promise<void> {
  const into = new Uint8Array(1000);
  while (await socket.read(into).catch(() => null)) { /* its greeting */ }
  socket.close();
}

const GREETING = Uint8Array.from({ length: 64 }, (_, i) => [...[0xff, ...Array(8).fill(0), 0x7f, 3]][i] ?? 0);
GREETING.set(bytes("NULL"), 12);
const READY = Uint8Array.of(4, 6, 5, ...bytes("READY"));

const strangers: [what: string, sent: Uint8Array[]][] = [
  ["speaks another protocol", [bytes("GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".padEnd(64))]],
  ["names another mechanism", [GREETING.with(12, "P".charCodeAt(0))]],
  ["names a command of 2^60 bytes", [GREETING, Uint8Array.of(6, 16, 0, 0, 0, 0, 0, 0, 0)]],
  ["names properties that aren't there", [GREETING, Uint8Array.of(4, 12, 5, ...bytes("READY"), 200, 1, 2, 3, 4, 5)]],
  ["names a frame of 2^60 bytes", [GREETING, READY, Uint8Array.of(2, 16, 0, 0, 0, 0, 0, 0, 0)]],
  ["sends flags that aren't there", [GREETING, READY, Uint8Array.of(255, 255)]],
];
for (const [what, sent] of strangers) {
  Deno.test(`serveRouter() closes a connection that ${what}, and serves the next one`, async () => {
    const port = freePort();
    const router = serveRouter({ hostname, port }, (frames) => () => router.send(frames));
    const stranger = await Deno.connect({ hostname, port });
    for (const part of sent) await stranger.write(part);
    await closed(stranger);
    const client = await connect(port, { socketType: "DEALER" });
    await client.send([bytes("hello")]);
    expect(await client.receive()).toEqual([bytes("hello")]);
    client.close();
    await router.close();
  });
}

Deno.test("serveRouter() lets no stranger take over the name of a client", async () => {
  const port = freePort();
  const router = serveRouter({ hostname, port }, (frames) => {
    const forged = String.fromCharCode(...frames[1]) === "forged";
    return forged ? undefined : () => router.send(frames);
  });
  const client = await connect(port, { socketType: "DEALER", identity: "ann" });
  await client.send([bytes("first")]);
  expect(await client.receive()).toEqual([bytes("first")]);
  const stranger = await connect(port, { socketType: "DEALER", identity: "ann" });
  await stranger.send([bytes("forged")]);
  await client.send([bytes("second")]);
  expect(await client.receive()).toEqual([bytes("second")]);
  stranger.close();
  const again = await connect(port, { socketType: "DEALER", identity: "ann" });
  await again.send([bytes("third")]); // the client itself, come back before its old connection has ended
  expect(await again.receive()).toEqual([bytes("third")]);
  client.close();
  again.close();
  await router.close();
});
