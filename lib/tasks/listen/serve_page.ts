import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { z } from "zod";
import { AuscultError } from "../../errors/mod.ts";
import { writeAtomic } from "../../files/mod.ts";
import { appendVerdict, certainties, type Certainty, readVerdicts, type Verdict } from "../../listening/mod.ts";

export interface ServePageOptions {
  /** Text of the page. */
  page: string;
  /** Path of `verdicts.csv`. */
  verdicts: string;
  /** Told of each verdict that is new in the file. */
  onVerdict?: (verdict: Verdict) => void;
}

/** Bytes of a request; a browser holds a page's last request to 64 KiB, and many verdicts that waited are hardly more. */
const LARGEST = 4 * 2 ** 20;

/** Verdicts that the page sends. Texts are as long as the page lets them be. */
const sent = z.array(z.strictObject({
  item: z.string().min(1).max(2000),
  rater: z.string().trim().min(1).max(80),
  queue: z.string().max(80),
  label: z.string().max(200).nullable(),
  verdict: z.string().min(1).max(200).nullable(),
  certainty: z.enum(Object.keys(certainties) as Certainty[]),
  blind: z.boolean(),
  events: z.array(z.strictObject({ start: z.number(), end: z.number(), label: z.string().max(200) })).max(1000),
  remark: z.string().max(2000),
  seconds: z.number().min(0),
  time: z.iso.datetime(),
}));

/**
 * Serves a listening page to this machine alone, under an address that nobody guesses, and keeps the verdicts that it sends.
 * The address is the same each time, so that a page that was still open when the command ended sends what it kept.
 * Other sites can neither read nor write here, whatever name they give this machine (DNS rebinding): host and origin must be the server's own.
 */
export async function servePage({ page, verdicts, onVerdict }: ServePageOptions) {
  const path = join(dirname(verdicts), ".listen.json");
  const before = await lastAddress(path), { token } = before;
  let queue: Promise<unknown> = Promise.resolve();
  const server = serve(before.port, async (request) => {
    const { pathname, searchParams } = new URL(request.url);
    const host = `127.0.0.1:${server.addr.port}`, origin = request.headers.get("Origin");
    if (request.headers.get("Host") !== host || (origin !== null && origin !== `http://${host}`)) {
      return answer(403, "This server answers its own page alone.");
    }
    if (pathname === `/${token}/` && request.method === "GET") return answer(200, page, "text/html; charset=utf-8");
    if (pathname !== `/${token}/verdicts`) return answer(404, "There is nothing here.");
    if (request.method === "GET") return await ownVerdicts(verdicts, searchParams.get("rater") ?? "");
    if (request.method !== "POST") return answer(405, "A page sends verdicts by POST.");
    const rows = await readRows(request);
    if (rows instanceof Response) return rows;
    // One after another: what is there already is found before more is added.
    const kept = queue.then(() => keepNew(rows, { verdicts, onVerdict }));
    queue = kept.catch(() => {});
    return await kept.then(() => answer(200, "kept"), (error) => {
      if (error instanceof AuscultError) return answer(507, error.message);
      throw error;
    });
  });
  if (before.port === 0) await writeAtomic(path, JSON.stringify({ port: server.addr.port, token })).catch(() => {});
  return { url: `http://127.0.0.1:${server.addr.port}/${token}/`, close: () => server.shutdown() };
}

const address = z.object({ port: z.int().min(1).max(65535), token: z.uuid() });

/** Where the page was served before; a new token, and a port that is yet to be chosen, where it wasn't. */
async function lastAddress(path: string): Promise<z.infer<typeof address>> {
  try {
    return address.parse(JSON.parse(await Deno.readTextFile(path)));
  } catch {
    return { port: 0, token: crypto.randomUUID() };
  }
}

/** On the port, or on another where something listens there already. */
function serve(port: number, handler: (request: Request) => Promise<Response>): Deno.HttpServer<Deno.NetAddr> {
  try {
    return Deno.serve({ hostname: "127.0.0.1", port, onListen() {} }, handler);
  } catch (error) {
    if (!(error instanceof Deno.errors.AddrInUse)) throw error;
    return serve(0, handler);
  }
}

function answer(status: number, body: string, type = "text/plain; charset=utf-8"): Response {
  return new Response(body, {
    status,
    headers: {
      ...{ "Content-Type": type, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff" },
      ...{ "Referrer-Policy": "no-referrer", "Cross-Origin-Resource-Policy": "same-origin", "X-Frame-Options": "DENY" },
    },
  });
}

/** A rater's own verdicts, and nobody else's. */
async function ownVerdicts(path: string, rater: string): Promise<Response> {
  try {
    const own = (await there(path)).filter((one) => one.rater === rater);
    return answer(200, JSON.stringify(own), "application/json");
  } catch (error) {
    if (error instanceof AuscultError) return answer(500, error.message);
    throw error;
  }
}

async function there(path: string): Promise<Verdict[]> {
  return existsSync(path) ? await readVerdicts(path) : [];
}

/** The verdicts of a request, or what is wrong with it. */
async function readRows(request: Request): Promise<Verdict[] | Response> {
  if (request.headers.get("Content-Type") !== "application/json") return answer(415, "Verdicts come as JSON.");
  const pieces: Uint8Array<ArrayBuffer>[] = [];
  let size = 0;
  for await (const piece of request.body ?? []) {
    size += piece.length;
    if (size > LARGEST) return answer(413, "These are too many verdicts at once.");
    pieces.push(piece);
  }
  try {
    return sent.parse(JSON.parse(await new Blob(pieces).text()));
  } catch {
    return answer(400, "These are no verdicts of this version of the page: open it again.");
  }
}

/** Adds what isn't there yet: a page whose answer got lost sends again. */
async function keepNew(
  rows: readonly Verdict[],
  { verdicts, onVerdict }: Pick<ServePageOptions, "verdicts" | "onVerdict">,
): Promise<void> {
  const name = ({ rater, item, time }: Verdict) => JSON.stringify([rater, item, time]);
  const known = new Set((await there(verdicts)).map(name));
  for (const row of rows) {
    if (known.has(name(row))) continue;
    known.add(name(row));
    await appendVerdict(verdicts, row);
    onVerdict?.(row);
  }
}
