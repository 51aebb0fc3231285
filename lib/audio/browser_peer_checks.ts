import { expect } from "expect";
import { fileURLToPath, pathToFileURL } from "node:url";
import { openChromium } from "../testing/open_chromium.ts";
import { peerCheck } from "../testing/mod.ts";
import compressed from "./goldens/compressed.json" with { type: "json" };
import * as audio from "./mod.ts";

// The room in a page: bundled, opened from disk, with the transform in TypeScript where Deno has PFFFT.

function encodeBase64(text: string): string {
  return btoa(Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join(""));
}

async function bundle(folder: string): Promise<string> {
  const entry = `${folder}/entry.ts`;
  const room = new URL("mod.ts", import.meta.url).href;
  await Deno.writeTextFile(entry, `import * as audio from "${room}"; Object.assign(globalThis, { audio });`);
  const config = fileURLToPath(new URL("../../deno.json", import.meta.url));
  const args = ["bundle", "--quiet", "--platform", "browser", "--config", config, "-o", `${folder}/room.js`, entry];
  const { success, stderr } = await new Deno.Command("deno", { args }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return await Deno.readTextFile(`${folder}/room.js`);
}

/** What a page and Deno must agree on; it runs in both. */
async function account(room: typeof audio, flac: string) {
  const bytes = Uint8Array.from(atob(flac), (letter) => letter.charCodeAt(0));
  const { samples, sampleRate } = await room.decodeAudio(bytes, "a.flac");
  const slower = room.resample(samples, { from: sampleRate, to: 4000 });
  const spectrum = new Float32Array(258);
  room.realFft(256).forward(slower.subarray(0, 256), spectrum);
  const { verdict, probability } = room.signalQuality(samples, { sampleRate });
  return {
    samples: [...samples.subarray(0, 50)],
    slower: [...slower.subarray(100, 150)],
    spectrum: [...spectrum],
    quality: [verdict === "good" ? 1 : 0, probability],
  };
}

peerCheck("the room gives the same numbers in Chromium as on Deno", { programs: ["chromium"] }, async () => {
  const folder = await Deno.makeTempDir();
  const browser = await openChromium();
  try {
    const page = await browser.newPage();
    const complaints: string[] = [];
    page.on("console", (message) => complaints.push(message.text()));
    page.on("pageerror", (error) => complaints.push(String(error)));
    // The decoders' modules hold zero bytes, which a page may not: hence an address in place of a text.
    const address = `data:text/javascript;base64,${encodeBase64(await bundle(folder))}`;
    const html = `<!doctype html><meta charset="utf-8"><script type="module" src="${address}"></script>`;
    await Deno.writeTextFile(`${folder}/page.html`, html);
    await page.goto(pathToFileURL(`${folder}/page.html`).href);
    await page.waitForFunction("globalThis.audio !== undefined");
    const there = await page.evaluate(`(${account})(globalThis.audio, "${compressed.flac}")`) as Record<
      string,
      number[]
    >;
    const here = await account(audio, compressed.flac);
    for (const [name, values] of Object.entries(here)) {
      // PFFFT works in 32 bits, the transform of the page in 64: 1e-6 of the largest bin. The quality of a pure tone
      // hangs on the decibels of bands that hold next to nothing: 1e-3.
      const bound = name === "quality" ? 1e-3 : 1e-6 * Math.max(...values.map(Math.abs), 1);
      values.forEach((value, i) => expect(Math.abs(there[name][i] - value)).toBeLessThan(bound));
    }
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});
