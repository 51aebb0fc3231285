import { expect } from "expect";
import { readVerdicts, type Verdict } from "../../listening/mod.ts";
import { servePage } from "./serve_page.ts";

const row: Verdict = {
  ...{ item: "a.wav 0.000-5.000 s", rater: "Anna", queue: "random", label: "Normal", verdict: "Murmur" },
  ...{ certainty: "sure", blind: true, events: [], remark: "<img src=x onerror=alert(1)>", seconds: 4 },
  time: "2026-05-01T12:30:00.000Z",
};

async function served(check: (url: string, verdicts: string) => Promise<void>) {
  const folder = await Deno.makeTempDir();
  const verdicts = `${folder}/run/verdicts.csv`;
  const { url, close } = await servePage({ page: "<p>page", verdicts });
  try {
    await check(url, verdicts);
  } finally {
    await close();
    await Deno.remove(folder, { recursive: true });
  }
}

function post(url: string, rows: unknown, headers: Record<string, string> = {}) {
  return fetch(`${url}verdicts`, {
    method: "POST",
    headers: { "Content-Type": "application/json", ...headers },
    body: JSON.stringify(rows),
  });
}

/** The status, with nothing of the answer left open. */
async function status(answer: Promise<Response>): Promise<number> {
  const { status, body } = await answer;
  await body?.cancel();
  return status;
}

Deno.test("servePage() keeps each verdict once, however often it is sent, and tells a rater's own alone", async () => {
  await served(async (url, verdicts) => {
    expect(await (await fetch(url)).text()).toBe("<p>page");
    const other = { ...row, rater: "Ben", time: "2026-05-01T12:31:00.000Z" };
    expect(await Promise.all([post(url, [row]), post(url, [row, other]), post(url, [row])].map(status))).toEqual([
      ...[200, 200, 200],
    ]);
    expect(await readVerdicts(verdicts)).toEqual([row, other]);
    expect(await (await fetch(`${url}verdicts?rater=Anna`)).json()).toEqual([row]);
    expect(await (await fetch(`${url}verdicts?rater=Cleo`)).json()).toEqual([]);
  });
});

Deno.test("servePage() answers neither other sites, nor other names of this machine, nor who guesses", async () => {
  await served(async (url, verdicts) => {
    const { port } = new URL(url);
    expect(await status(fetch(`http://127.0.0.1:${port}/`))).toBe(404);
    expect(await status(fetch(`http://127.0.0.1:${port}/verdicts?rater=Anna`))).toBe(404);
    expect(await status(post(url, [row], { Origin: "https://example.org" }))).toBe(403);
    expect(await status(post(url, [row], { Origin: "null" }))).toBe(403);
    expect(await rebound(url)).toMatch(/^HTTP\/1.1 403/);
    expect(await status(post(url, [row], { "Content-Type": "text/plain" }))).toBe(415);
    expect(await status(post(url, [{ ...row, certainty: "very" }]))).toBe(400);
    expect(await status(post(url, [{ ...row, remark: "x".repeat(5e6) }]))).toBe(413);
    expect(await status(fetch(url, { method: "DELETE" }))).toBe(404);
    expect(await Deno.stat(verdicts).then(() => true, () => false)).toBe(false);
  });
});

/** What is answered under a name that another site could give this machine. */
async function rebound(url: string): Promise<string> {
  const { port, pathname } = new URL(url);
  using connection = await Deno.connect({ hostname: "127.0.0.1", port: Number(port) });
  await connection.write(
    new TextEncoder().encode(`GET ${pathname} HTTP/1.1\r\nHost: example.org:${port}\r\nConnection: close\r\n\r\n`),
  );
  return await new Response(connection.readable).text();
}

Deno.test("servePage() says why verdicts can't be kept, so that the page keeps them", async () => {
  await served(async (url, verdicts) => {
    await Deno.mkdir(verdicts, { recursive: true }); // a folder is where the file should be
    const answer = await post(url, [row]);
    expect(answer.status).toBe(507);
    expect(await answer.text()).toContain("verdicts.csv");
  });
});

Deno.test("servePage() has the same address again, so that a page that is still open sends what it kept", async () => {
  const folder = await Deno.makeTempDir();
  const verdicts = `${folder}/verdicts.csv`;
  try {
    const first = await servePage({ page: "one", verdicts });
    const beside = await servePage({ page: "beside", verdicts }); // the port is taken: another, and the first stays known
    expect(beside.url).not.toBe(first.url);
    await beside.close();
    await first.close();
    const second = await servePage({ page: "two", verdicts });
    expect(second.url).toBe(first.url);
    expect(await status(post(first.url, [row]))).toBe(200);
    await second.close();
    expect(await readVerdicts(verdicts)).toEqual([row]);
    const elsewhere = await servePage({ page: "other", verdicts: `${folder}/other/verdicts.csv` });
    const token = ({ url }: typeof first) => url.split("/")[3];
    expect(token(elsewhere)).not.toBe(token(first));
    await elsewhere.close();
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
