/** Runs with a server on this machine that answers by path. */
export async function withServer(
  answer: (request: Request, path: string) => Response | Promise<Response>,
  check: (url: string) => Promise<void>,
) {
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen() {} },
    (request) => answer(request, new URL(request.url).pathname),
  );
  try {
    await check(`http://127.0.0.1:${server.addr.port}`);
  } finally {
    await server.shutdown();
  }
}

/** A server's answer that honours Range and If-Range. */
export function ranged(request: Request, content: Uint8Array<ArrayBuffer>, tag = '"1"'): Response {
  const from = Number(request.headers.get("Range")?.match(/^bytes=(\d+)-$/)?.[1] ?? 0);
  const ifRange = request.headers.get("If-Range");
  if (from === 0 || (ifRange !== null && ifRange !== tag)) return new Response(content, { headers: { ETag: tag } });
  const headers = { ETag: tag, "Content-Range": `bytes ${from}-${content.length - 1}/${content.length}` };
  return new Response(content.subarray(from), { status: 206, headers });
}

/** The first bytes of an answer, then a broken connection. */
export function broken(content: Uint8Array<ArrayBuffer>, length: number): Response {
  const body = new ReadableStream({
    async start(controller) {
      controller.enqueue(content.subarray(0, length));
      await new Promise((resolve) => setTimeout(resolve, 30));
      controller.close();
    },
  });
  return new Response(body, { headers: { ETag: '"1"', "Content-Length": String(content.length) } });
}
