import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { DataError } from "../../errors/mod.ts";
import { sha256 } from "../check/check_checksums.ts";

export interface DownloadFileOptions {
  /** What the bytes must hash to, where it is known. */
  sha256?: string;
  /** Tries after the first, each after twice the wait of the one before. @default {5} */
  retries?: number;
  /** Milliseconds before the first try again. @default {1000} */
  retryDelay?: number;
  /** Milliseconds without a byte after which a connection counts as broken. @default {60_000} */
  idleTimeout?: number;
  /** Told of the bytes that are here, and of all there will be where the server says so. */
  onProgress?: (bytes: number, total: number | undefined) => void;
  signal?: AbortSignal;
}

/** A failure that trying again may mend. */
class Transient extends Error {
  constructor(message: string, readonly waitSeconds = 0) {
    super(message);
  }
}

/**
 * Downloads a file. What was loaded of it by an earlier, broken try (`PATH.part`) is kept and only the rest asked for
 * (Range, If-Range; RFC 9110, 14).
 *
 * @returns SHA-256 of the file.
 * @throws {DataError} saying what went wrong: 403, 404, the certificate, the checksum, no space, a web page instead.
 */
export async function downloadFile(url: string, path: string, options: DownloadFileOptions = {}): Promise<string> {
  const { retries = 5, retryDelay = 1000, signal } = options;
  await Deno.mkdir(dirname(path), { recursive: true });
  for (let attempt = 0;; attempt++) {
    try {
      await transfer(url, `${path}.part`, options);
      break;
    } catch (error) {
      signal?.throwIfAborted();
      if (!(error instanceof Transient)) throw refusal(url, error);
      if (attempt >= retries) throw refusal(url, new Error(`${error.message}, ${attempt + 1} times`));
      const wait = Math.max(retryDelay * 2 ** attempt, 1000 * error.waitSeconds);
      await delay(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
    }
  }
  const sum = await sha256(`${path}.part`);
  if (options.sha256 !== undefined && sum !== options.sha256) {
    await forget(`${path}.part`);
    const expected = `the SHA-256 sum ${options.sha256}`;
    const remedy = "try again later; where it stays so, the file was changed by its makers or on its way";
    throw new DataError({ expected, found: `${sum} of what came`, where: url, remedy });
  }
  await Deno.rename(`${path}.part`, path);
  await forget(`${path}.part`);
  return sum;
}

/** Loads what is still missing of the part. */
async function transfer(url: string, part: string, { idleTimeout = 60_000, onProgress, signal }: DownloadFileOptions) {
  const idle = new AbortController();
  let timer = setTimeout(() => idle.abort(), idleTimeout);
  const alive = () => {
    clearTimeout(timer);
    timer = setTimeout(() => idle.abort(), idleTimeout);
  };
  try {
    const here = (await Deno.stat(part).catch(() => undefined))?.size ?? 0;
    const tag = await Deno.readTextFile(`${part}.etag`).catch(() => undefined);
    const rest = here > 0 ? { Range: `bytes=${here}-`, ...tag ? { "If-Range": tag } : {} } : {};
    const headers = { "Accept-Encoding": "identity", ...rest };
    const response = await fetch(url, { headers, signal: AbortSignal.any([idle.signal, ...(signal ? [signal] : [])]) });
    const resumed = response.status === 206 && response.headers.get("Content-Range")?.startsWith(`bytes ${here}-`);
    if (!resumed && response.status !== 200) {
      await response.body?.cancel();
      if (response.status === 416) {
        if (response.headers.get("Content-Range") === `bytes */${here}`) return; // all of it is here already
        await forget(part); // the file has changed and is shorter now
      }
      throw statusError(response);
    }
    // A log-in or error page comes with status 200 from some servers.
    if (!/\.html?($|\?)/i.test(url) && /^text\/html/i.test(response.headers.get("Content-Type") ?? "")) {
      throw new Error("a web page in its place (a log-in or error page?)");
    }
    const from = resumed ? here : 0, length = response.headers.get("Content-Length");
    const total = length === null ? undefined : Number(length) + from;
    const strong = response.headers.get("ETag");
    if (strong && !strong.startsWith("W/")) await Deno.writeTextFile(`${part}.etag`, strong);
    const loaded = await append(response, part, from, (bytes) => (alive(), onProgress?.(bytes, total)));
    if (total !== undefined && loaded < total) {
      throw new Transient(`the connection ended after ${loaded} of ${total} bytes`);
    }
  } catch (error) {
    if (idle.signal.aborted) throw new Transient(`nothing came for ${idleTimeout / 1000} s`);
    // A TypeError is fetch's name for a network failure; a wrong certificate will still be wrong after a wait.
    if (error instanceof TypeError && !/certificate/i.test(describe(error))) throw new Transient(describe(error));
    throw error;
  } finally {
    clearTimeout(timer);
  }
}

/** @returns the bytes that are there by then. */
async function append(response: Response, part: string, from: number, onBytes: (bytes: number) => void) {
  using file = await Deno.open(part, { write: true, create: true, truncate: from === 0 });
  let at = from;
  await file.seek(from, Deno.SeekMode.Start);
  for await (const chunk of response.body ?? []) {
    for (let done = 0; done < chunk.length;) done += await file.write(chunk.subarray(done));
    onBytes(at += chunk.length);
  }
  return at;
}

async function forget(part: string) {
  for (const path of [part, `${part}.etag`]) await Deno.remove(path).catch(() => {});
}

function statusError({ status, statusText, headers }: Response): Error {
  const said = `the answer ${status} ${statusText}`.trim();
  const wait = Number(headers.get("Retry-After") ?? 0);
  if ([408, 416, 429].includes(status) || status >= 500) {
    return new Transient(said, Number.isFinite(wait) ? Math.min(wait, 120) : 0);
  }
  const why = status === 404 ? ": there is no such file (any more)" : status === 403 ? ": it is refused to you" : "";
  return new Error(said + why);
}

function refusal(url: string, error: unknown): DataError {
  if (error instanceof DataError) return error;
  const text = describe(error);
  const isFull = /no space|os error 28|ENOSPC/i.test(text), said = isFull ? "no space left on the disk" : text;
  const found = /certificate/i.test(text) ? `a certificate that can't be trusted (${text})` : said;
  return new DataError({ expected: "to download a file", found, where: url, cause: error });
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return error.cause instanceof Error ? `${error.message}: ${error.cause.message}` : error.message;
}
