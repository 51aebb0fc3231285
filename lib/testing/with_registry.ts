import { hashBytes } from "../files/mod.ts";

/** What a registry keeps of a published version. */
interface Published {
  exports: Record<string, string>;
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/**
 * A stand-in of JSR on this machine for as long as `check` takes: `deno publish` with `JSR_URL` set to its address uploads to
 * it, and `jsr:` names are resolved by what was uploaded (https://jsr.io/docs/api).
 */
export async function withRegistry(check: (address: string) => Promise<void>): Promise<void> {
  const packages = new Map<string, Map<string, Published>>();
  const server = Deno.serve({ port: 0, hostname: "127.0.0.1", onListen: () => {} }, async (request) => {
    const { pathname } = new URL(request.url);
    if (pathname.startsWith("/api/")) return await answer(request, packages);
    return served(pathname, packages);
  });
  try {
    await check(`http://127.0.0.1:${server.addr.port}/`);
  } finally {
    await server.shutdown();
  }
}

/** What the API says of a package that is asked for, and of a version that is uploaded. */
async function answer(request: Request, packages: Map<string, Map<string, Published>>): Promise<Response> {
  const uploaded = /\/scopes\/([^/]+)\/packages\/([^/]+)\/versions\/([^/]+)$/.exec(new URL(request.url).pathname);
  if (!uploaded) return Response.json({});
  if (request.method !== "POST") return Response.json({ code: "versionNotFound", message: "" }, { status: 404 });
  const [, scope, name, version] = uploaded;
  const tar = new Response(request.body!.pipeThrough(new DecompressionStream("gzip")));
  const files = unpacked(await tar.bytes());
  const { exports } = JSON.parse(new TextDecoder().decode(files.get("/deno.json")));
  const versions = packages.getOrInsertComputed(`@${scope}/${name}`, () => new Map());
  versions.set(version, { exports: typeof exports === "string" ? { ".": exports } : exports, files });
  return Response.json({ id: "1", status: "success", error: null });
}

/** Files of a tar archive by path; `deno publish` writes none but regular files (POSIX 1003.1, ustar). */
function unpacked(tar: Uint8Array<ArrayBuffer>): Map<string, Uint8Array<ArrayBuffer>> {
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  const field = (at: number, length: number) => new TextDecoder().decode(tar.subarray(at, at + length)).split("\0")[0];
  for (let at = 0; field(at, 100) !== "";) {
    const size = parseInt(field(at + 124, 12), 8);
    const path = [field(at + 345, 155), field(at, 100)].filter((part) => part !== "").join("/");
    files.set(`/${path.replace(/^\.?\//, "")}`, tar.slice(at + 512, at + 512 + size));
    at += 512 + 512 * Math.ceil(size / 512);
  }
  return files;
}

const TYPES: Record<string, string> = {
  ts: "text/typescript",
  tsx: "text/tsx",
  js: "text/javascript",
  json: "application/json",
  wasm: "application/wasm",
};

function served(pathname: string, packages: Map<string, Map<string, Published>>): Response {
  const [, name, rest] = /^\/(@[^/]+\/[^/]+)\/(.+)$/.exec(pathname) ?? [];
  const versions = packages.get(name);
  if (!versions) return new Response("no such package", { status: 404 });
  if (rest === "meta.json") {
    return Response.json({ versions: Object.fromEntries([...versions.keys()].map((version) => [version, {}])) });
  }
  const asked = versions.get(rest.replace(/_meta\.json$/, ""));
  if (asked) {
    const manifest = [...asked.files].map(([path, bytes]) =>
      [path, { size: bytes.length, checksum: `sha256-${hashBytes(bytes)}` }] as const
    );
    return Response.json({ exports: asked.exports, manifest: Object.fromEntries(manifest) });
  }
  const [, version, path] = /^([^/]+)(\/.+)$/.exec(rest) ?? [];
  const bytes = versions.get(version)?.files.get(path);
  if (!bytes) return new Response("no such file", { status: 404 });
  const type = TYPES[path.split(".").at(-1)!] ?? "application/octet-stream";
  return new Response(bytes, { headers: { "content-type": type } });
}
