import { expect } from "expect";
import compressed from "../audio/goldens/compressed.json" with { type: "json" };
import { decodeAudio, encodeWav } from "../audio/mod.ts";
import { fitNeighbours, soundDescriptor } from "../rejection/mod.ts";
import { presets } from "../features/mod.ts";
import { hashBytes } from "../files/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { loadBundle, predictFiles } from "../predict/mod.ts";
import { randomStream } from "../random/mod.ts";
import { knownSoundHashes, runIn, sealBundle } from "../runs/mod.ts";
import { peerCheck } from "../testing/mod.ts";
import { liveScript, renderLivePage } from "./mod.ts";
import { openChromium } from "../testing/open_chromium.ts";
import { openReport } from "../testing/open_report.ts";
import { seriousFindings } from "../testing/serious_findings.ts";

/** A stereo WAV of 16 bits; both channels hold the samples. */
function stereo(samples: Float32Array, sampleRate: number): Uint8Array {
  const mono = encodeWav(samples, { sampleRate });
  const bytes = new Uint8Array(44 + 2 * (mono.length - 44));
  bytes.set(mono.subarray(0, 44));
  for (let i = 44; i < mono.length; i += 2) bytes.set([mono[i], mono[i + 1], mono[i], mono[i + 1]], 44 + 2 * (i - 44));
  const view = new DataView(bytes.buffer);
  view.setUint32(4, bytes.length - 8, true);
  view.setUint16(22, 2, true);
  view.setUint32(28, 4 * sampleRate, true);
  view.setUint16(32, 4, true);
  view.setUint32(40, bytes.length - 44, true);
  return bytes;
}

peerCheck("the live page gives the probabilities of the command line, refuses what it refuses, and asks for nothing", {
  programs: ["chromium", "ffmpeg"],
}, async () => {
  const folder = await Deno.makeTempDir();
  const browser = await openChromium();
  try {
    await writeFixtureBundle(folder, { neighbours: knownBeats() });
    await writeWorth(folder);
    const files: Record<string, Uint8Array> = {
      "beats.wav": encodeWav(beats(15), { sampleRate: 2000 }),
      "<img src=x onerror=alert(1)>.wav": encodeWav(beats(3, "second"), { sampleRate: 2000 }),
      "fast stereo.wav": stereo(new Float32Array(4 * 96_000).map((_, i) => beats2k[Math.floor(i / 48)]), 96_000),
      "silent.wav": encodeWav(new Float32Array(8000), { sampleRate: 2000 }),
      "25 minutes.wav": encodeWav(new Float32Array(25 * 60 * 1000).fill(0.1), { sampleRate: 1000 }),
      "lossless.flac": Uint8Array.fromBase64(compressed.flac),
      "an mp3 that is named.wav": Uint8Array.fromBase64(compressed.mp3),
      "hiss.wav": encodeWav(hiss("another hiss"), { sampleRate: 2000 }),
    };
    for (const [name, bytes] of Object.entries(files)) await Deno.writeFile(`${folder}/${name}`, bytes);
    const paths = Object.keys(files).map((name) => `${folder}/${name}`);
    const live = await renderLivePage(folder, { script: await liveScript() });

    const { page, complaints } = await openReport(browser, live);
    const status = page.locator("#live-status");
    const says = async (words: RegExp) => {
      await page.waitForFunction(
        (source) => new RegExp(source).test(document.getElementById("live-status")!.innerText),
        words.source,
      );
      return await status.innerText();
    };
    expect(await says(/^(?!Loading)/)).toBe("Ready.");

    const predictor = await loadBundle(folder);
    let answered = 0;
    for await (const one of predictFiles(predictor, paths)) {
      await page.locator("#file").setInputFiles(one.file);
      await page.waitForFunction(
        (count) => document.querySelectorAll(".error.live").length === count,
        ++answered,
      ).catch(async () => expect([one.file, await status.innerText()]).toEqual([one.file, "an answer"]));
      const card = page.locator(".error.live").first();
      if (one.error !== undefined) throw new Error(one.error);
      expect(await card.getAttribute("data-verdict")).toBe(one.verdict);
      const probabilities: number[] | null = JSON.parse((await card.getAttribute("data-probabilities"))!);
      expect(probabilities === null).toBe(one.probabilities === null);
      probabilities?.forEach((p, c) => expect(Math.abs(p - one.probabilities![c])).toBeLessThan(1e-4));
      expect([one.file, one.reasons.length > 0]).toEqual([one.file, one.verdict !== "answer"]);
      for (const reason of one.reasons) expect(await card.innerText()).toContain(reason);
    }
    await predictor.dispose();
    const took = Number(
      (await page.locator(".error.live .what").last().innerText()).match(/answered in ([\d.]+) s/)![1],
    );
    console.log(`15 s of sound answered in ${took} s in the page`);

    await Deno.writeFile(`${folder}/empty.wav`, new Uint8Array());
    await page.locator("#file").setInputFiles(`${folder}/empty.wav`);
    expect(await says(/Expected/)).toMatch(/an empty file in empty\.wav/);
    await Deno.writeTextFile(`${folder}/text.wav`, "no sound at all");
    await page.locator("#file").setInputFiles(`${folder}/text.wav`);
    expect(await says(/text\.wav/)).toMatch(/Expected a WAV, FLAC, .* file but found other bytes in text\.wav/);
    // What could not be read stays to be read after the next good file.
    await page.locator("#file").setInputFiles(`${folder}/beats.wav`);
    await says(/^Ready/);
    expect(await page.locator(".error.unread").allInnerTexts()).toEqual([
      expect.stringContaining("text.wav"),
      expect.stringContaining("empty.wav"),
    ]);
    const card = page.locator(".error.live").first();
    expect(await card.innerText()).toMatch(/trained on this very recording/);
    expect(await card.innerText()).toMatch(/balanced accuracy 0\.55 .* reaches 0\.50/i);
    expect(await page.locator("header .note.warning").innerText()).toMatch(/may be chance/);
    expect(await card.locator(".hz").innerText()).toMatch(/frequency \(Hz\)[^]*\b100\b/);
    expect(await card.locator(".seconds").innerText()).toMatch(/10[^]*time \(s\)/);
    // A click on the picture plays from there, and the cursor follows.
    const box = (await card.locator(".stack").boundingBox())!;
    await card.locator(".stack").click({ position: { x: box.width / 2, y: 20 } });
    await page.waitForFunction(() => document.querySelector<HTMLElement>(".cursor")!.style.left !== "");
    const { left, at } = await page.evaluate(() => ({
      left: parseFloat(document.querySelector<HTMLElement>(".cursor")!.style.left),
      at: document.querySelector("audio")!.currentTime,
    }));
    expect(Math.abs(left - 50)).toBeLessThan(10);
    expect(Math.abs(at - 7.5)).toBeLessThan(1.5);
    // What only the browser decodes is bounded before it does: by what the file states, and by what its units hold.
    await ffmpeg("-i", `${folder}/beats.wav`, `${folder}/short.m4a`);
    await page.locator("#file").setInputFiles(`${folder}/short.m4a`);
    await page.waitForFunction(() => /short\.m4a/.test(document.querySelector(".error.live .what")!.textContent!));
    const long = `${folder}/long.m4a`;
    await ffmpeg("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", "900", long);
    await Deno.writeFile(`${folder}/forged.m4a`, withoutLength(await Deno.readFile(long)));
    for (const path of [long, `${folder}/forged.m4a`]) {
      await page.locator("#file").setInputFiles(path);
      expect(await says(/Expected/)).toMatch(/at most 13\.9 min of sound .* 15\.0 min in (long|forged)\.m4a/);
      await page.locator("#file").setInputFiles(`${folder}/silent.wav`);
      await says(/^Ready/);
    }
    const shots = Deno.env.get("AUSCULT_SHOTS");
    for (const width of shots ? [390, 1400] : []) {
      for (const colorScheme of ["light", "dark"] as const) {
        await page.setViewportSize({ width, height: 900 });
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: `${shots}/live-${width}-${colorScheme}.png`, fullPage: true });
      }
    }
    await page.locator("#record").click();
    expect(await says(/microphone/)).toBe("The microphone can't be used: allow it for this page, or drop a file.");
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await seriousFindings(page)).toEqual([]);
    }
    expect(complaints).toEqual([]);
  } finally {
    await browser.close();
    await Deno.remove(folder, { recursive: true });
  }
});

async function ffmpeg(...args: string[]) {
  const { success, stderr } = await new Deno.Command("ffmpeg", { args: ["-loglevel", "error", ...args] }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
}

/** An M4A file whose track states that it lasts no time. */
function withoutLength(m4a: Uint8Array): Uint8Array {
  const at = new TextDecoder("latin1").decode(m4a).indexOf("mdhd") + 4 + 16;
  return m4a.fill(0, at, at + 4);
}

/** The bundle of a model that hardly clears its floor, and was trained on the first recording. */
async function writeWorth(folder: string) {
  const run = runIn(folder);
  const { samples } = await decodeAudio(encodeWav(beats(15), { sampleRate: 2000 }), "beats.wav");
  await sealBundle(run, {
    ...await run.bundle(),
    known: knownSoundHashes([hashBytes(new Uint8Array(samples.buffer))]),
    worth: {
      ...{ score: "balancedAccuracy", part: "test", value: 0.55, low: 0.45, high: 0.65, level: 0.95, n: 70 },
      ...{ unit: "subject", floor: 0.5, by: "majority", lower: false },
    },
  });
}

const beats2k = beats(4, "fast");

/** Neighbours that know beats of the fixture and nothing else. */
function knownBeats() {
  const preset = presets.pcg;
  const descriptorsOf = (kind: string, count: number) =>
    Array.from(
      { length: count },
      (_, i) => soundDescriptor(beats(3 + i % 5, `${kind}/${i}`), { sampleRate: 2000, preset })!,
    );
  const fitted = fitNeighbours(
    descriptorsOf("training", 40).map((descriptor) => ({ descriptor, label: 0 })),
    descriptorsOf("other", 40).map((descriptor) => ({ descriptor })),
  );
  return { ...fitted, limit: 3 * fitted.limit };
}

function hiss(name: string): Float32Array {
  const stream = randomStream(0, name);
  return Float32Array.from({ length: 8000 }, () => 0.1 * stream.normal());
}
