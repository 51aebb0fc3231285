import { expect } from "expect";
import { hashBytes } from "../../files/mod.ts";
import { downloadFile } from "./download_file.ts";
import { withFolder } from "../fixtures/with_folder.ts";
import { broken, ranged, withServer } from "../fixtures/with_server.ts";

const quick = { retries: 3, retryDelay: 1 };
const bytes = Uint8Array.from({ length: 100_000 }, (_, i) => (i * i) % 251);

Deno.test("downloadFile() goes on after a broken connection, asking for the rest only", async () => {
  const ranges: (string | null)[] = [];
  await withServer((request) => {
    ranges.push(request.headers.get("Range"));
    return ranges.length === 1 ? broken(bytes, 40_000) : ranged(request, bytes);
  }, (url) =>
    withFolder({}, async (folder) => {
      expect(await downloadFile(`${url}/a.bin`, `${folder}/a.bin`, { ...quick, sha256: hashBytes(bytes) })).toBe(
        hashBytes(bytes),
      );
      expect(ranges).toEqual([null, "bytes=40000-"]);
      expect([...Deno.readDirSync(folder)].map(({ name }) => name)).toEqual(["a.bin"]);
    }));
});

Deno.test("downloadFile() starts again where the file on the server has changed meanwhile", async () => {
  const changed = bytes.map((byte) => 250 - byte);
  let requests = 0;
  await withServer(
    (request) => ++requests === 1 ? broken(bytes, 40_000) : ranged(request, changed, '"2"'),
    (url) =>
      withFolder({}, async (folder) => {
        expect(await downloadFile(`${url}/a.bin`, `${folder}/a.bin`, quick)).toBe(hashBytes(changed));
      }),
  );
});

Deno.test("downloadFile() takes a part that was complete already, and drops one that is longer than the file is now", async () => {
  await withServer((request) => {
    const from = Number(request.headers.get("Range")?.match(/\d+/)?.[0] ?? 0);
    if (from < bytes.length) return ranged(request, bytes);
    return new Response("", { status: 416, headers: { "Content-Range": `bytes */${bytes.length}` } });
  }, (url) =>
    withFolder({ "a.part": bytes, "b.part": new Uint8Array(200_000) }, async (folder) => {
      for (const name of ["a", "b"]) {
        expect(await downloadFile(`${url}/${name}`, `${folder}/${name}`, quick)).toBe(hashBytes(bytes));
      }
    }));
});

Deno.test("downloadFile() tries again after 503, and gives up saying how often it tried", async () => {
  let requests = 0;
  await withServer(
    (request) => ++requests < 3 ? new Response("busy", { status: 503 }) : ranged(request, bytes),
    (url) =>
      withFolder({}, async (folder) => {
        await downloadFile(`${url}/a.bin`, `${folder}/a.bin`, quick);
        expect(requests).toBe(3);
      }),
  );
  await withServer(() => new Response("busy", { status: 503 }), (url) =>
    withFolder({}, async (folder) => {
      await expect(downloadFile(`${url}/a.bin`, `${folder}/a.bin`, quick)).rejects.toThrow(
        /503 Service Unavailable, 4 times/,
      );
    }));
});

Deno.test("downloadFile() counts a connection on which nothing comes as broken", async () => {
  await withServer(() => new Response(new ReadableStream({ start() {} })), (url) =>
    withFolder({}, async (folder) => {
      const options = { ...quick, retries: 0, idleTimeout: 50 };
      await expect(downloadFile(`${url}/a.bin`, `${folder}/a.bin`, options)).rejects.toThrow(
        /nothing came for 0\.05 s, 1 times/,
      );
    }));
});

Deno.test("downloadFile() says what is wrong: 404, 403, a web page, another checksum, nobody there", async () => {
  const answers: Record<string, () => Response> = {
    "/404.zip": () => new Response("", { status: 404 }),
    "/403.zip": () => new Response("", { status: 403 }),
    "/page.zip": () => new Response("<html>", { headers: { "Content-Type": "text/html; charset=utf-8" } }),
    "/sum.zip": () => new Response("x"),
  };
  await withServer((_, path) => answers[path](), (url) =>
    withFolder({}, async (folder) => {
      const get = (name: string, options = {}) =>
        downloadFile(`${url}/${name}`, `${folder}/${name}`, { ...quick, ...options });
      await expect(get("404.zip")).rejects.toThrow(/404 Not Found: there is no such file/);
      await expect(get("403.zip")).rejects.toThrow(/403 Forbidden: it is refused to you/);
      await expect(get("page.zip")).rejects.toThrow(/a web page in its place/);
      await expect(get("sum.zip", { sha256: "0".repeat(64) })).rejects.toThrow(
        /SHA-256 sum 0{64} but found 2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881 of what came/,
      );
      expect([...Deno.readDirSync(folder)]).toEqual([]);
    }));
  let gone = "";
  await withServer(() => new Response(), (url) => Promise.resolve(void (gone = url)));
  await withFolder({}, async (folder) => {
    const nobody = downloadFile(`${gone}/a.zip`, `${folder}/a.zip`, { retries: 1, retryDelay: 1 });
    await expect(nobody).rejects.toThrow(/to download a file but found .*onnect.* 2 times/);
  });
});
