import { pathToFileURL } from "node:url";
import { unlessEnded } from "./end_programs.ts";

/** Types, names and signatures; no lints, no network, nothing that isn't imported. */
const SETTINGS = { enable: true, lint: false, suggest: { autoImports: false, imports: { autoDiscover: false } } };

interface Answer {
  id?: number;
  method?: string;
  params?: { items?: unknown[] };
  result?: unknown;
  error?: { message: string };
}

/**
 * Starts `deno lsp` for a folder, whose deno.json it heeds: Deno's own language server, as far as cells need it
 * (https://microsoft.github.io/language-server-protocol/).
 */
export async function startLanguageServer(folder: string) {
  const process = new Deno.Command(Deno.execPath(), {
    args: ["lsp", "--quiet"],
    cwd: folder,
    stdin: "piped",
    stdout: "piped",
    stderr: "null",
  }).spawn();
  const writer = process.stdin.getWriter();
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let last = 0;

  function send(message: object): void {
    const body = new TextEncoder().encode(JSON.stringify({ jsonrpc: "2.0", ...message }));
    writer.write(new TextEncoder().encode(`Content-Length: ${body.length}\r\n\r\n`)).catch(() => {});
    writer.write(body).catch(() => {});
  }

  function receive({ id, method, params, result, error }: Answer): void {
    if (id === undefined) return;
    if (method !== undefined) { // it asks too: for its settings, and whether it may register things
      return send({ id, result: method === "workspace/configuration" ? params?.items?.map(() => SETTINGS) : null });
    }
    const pending = waiting.get(id);
    waiting.delete(id);
    if (error) pending?.reject(new Error(error.message));
    else pending?.resolve(result);
  }

  readMessages(process.stdout, receive).catch(() => {}).finally(() => {
    for (const { reject } of waiting.values()) reject(new Error("The language server has ended."));
  });
  const server = {
    /** @throws {Error} for an answer that is an error, and once the server has ended. */
    request<T>(method: string, params: object) {
      const pending = Promise.withResolvers<unknown>();
      waiting.set(++last, pending);
      send({ id: last, method, params });
      return pending.promise as Promise<T>;
    },
    notify: (method: string, params: object) => send({ method, params }),
    close: () => unlessEnded(() => process.kill("SIGKILL")),
  };
  const uri = pathToFileURL(folder).href;
  await server.request("initialize", {
    processId: Deno.pid,
    rootUri: uri,
    workspaceFolders: [{ uri, name: "notebook" }],
    capabilities: {
      textDocument: { hover: { contentFormat: ["markdown"] }, completion: { completionItem: {} }, diagnostic: {} },
      workspace: { configuration: true },
    },
    initializationOptions: SETTINGS,
  });
  server.notify("initialized", {});
  return server;
}

/** Messages that each stand behind a header with their length. */
async function readMessages(stream: ReadableStream<Uint8Array>, onMessage: (message: Answer) => void): Promise<void> {
  let bytes = new Uint8Array();
  for await (const piece of stream) {
    const grown = new Uint8Array(bytes.length + piece.length);
    grown.set(bytes);
    grown.set(piece, bytes.length);
    bytes = grown;
    while (true) {
      const head = new TextDecoder().decode(bytes.subarray(0, 200)).match(/^[^]*?\r\n\r\n/)?.[0];
      const length = Number(head?.match(/Content-Length: (\d+)/i)?.[1]);
      if (head === undefined || !(bytes.length >= head.length + length)) break;
      onMessage(JSON.parse(new TextDecoder().decode(bytes.subarray(head.length, head.length + length))));
      bytes = bytes.slice(head.length + length);
    }
  }
}
