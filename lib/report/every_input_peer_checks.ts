// Every built-in input in the live page of a real browser.
import { expect } from "expect";
import { encodeWav } from "../audio/mod.ts";
import { BUILT_IN } from "../features/built_in_inputs_fixture.ts";
import { drawnInput, openInput } from "../features/mod.ts";
import { beats, writeFixtureBundle } from "../predict/fixture_bundle.ts";
import { loadBundle, predictFiles } from "../predict/mod.ts";
import { openChromium } from "../testing/open_chromium.ts";
import { openReport } from "../testing/open_report.ts";
import { peerCheck } from "../testing/mod.ts";
import { liveScript, renderLivePage } from "./mod.ts";

peerCheck("the live page hears by every built-in input as the command line does, and draws its axes", {
  programs: ["chromium"],
}, async () => {
  const script = await liveScript();
  const browser = await openChromium();
  const root = await Deno.makeTempDir();
  try {
    for (const [name, { input }] of Object.entries(BUILT_IN)) {
      const folder = `${root}/${name}`;
      await writeFixtureBundle(folder, { input }, { networks: 1 });
      const sound = `${root}/beats.wav`;
      await Deno.writeFile(sound, encodeWav(beats(5), { sampleRate: 2000 }));
      const predictor = await loadBundle(folder);
      const [said] = await Array.fromAsync(predictFiles(predictor, [sound], { evenPoor: true }));
      await predictor.dispose();
      if (said.error !== undefined) throw new Error(said.error);
      const { page, complaints } = await openReport(browser, await renderLivePage(folder, { script }));
      await page.waitForFunction(() => document.getElementById("live-status")!.innerText === "Ready.");
      await page.locator("#file").setInputFiles(sound);
      const card = page.locator("article.error").first();
      await card.waitFor();
      const shown: number[] = JSON.parse((await card.getAttribute("data-probabilities"))!);
      const apart = said.probabilities!.map((p, c) => Math.abs(p - shown[c]));
      expect([name, Math.max(...apart) < 1e-4]).toEqual([name, true]);
      const unit = typeof openInput(drawnInput(input)).axes.bands[0] === "number" ? /frequency \(Hz\)/ : /band/;
      expect(await card.locator(".hz").innerText()).toMatch(unit);
      const hasMaps = openInput(input).frames > 1;
      expect([name, await card.locator("img.heat").count(), complaints]).toEqual([name, Number(hasMaps), []]);
      await page.close();
    }
  } finally {
    await browser.close();
    await Deno.remove(root, { recursive: true });
  }
});
