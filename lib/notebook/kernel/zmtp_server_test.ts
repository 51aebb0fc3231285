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
  const router = serveRouter({ hostname, port }, ([address, text]) => router.send([address, bytes("to"), text]));
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
  expect(() => serveRouter({ hostname, port: listener.addr.port }, () => {})).toThrow(
    /^Port \d+ is taken by another program/,
  );
  listener.close();
});
