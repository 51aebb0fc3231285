import { expect } from "expect";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import type { Page } from "playwright-core";
import { peerCheck } from "../testing/mod.ts";
import { displayNotebook, DISPLAYS } from "./fixtures/display_notebook.ts";
import { openInLab } from "./fixtures/lab_notebook.ts";
import { startLabServer } from "./fixtures/lab_server.ts";
import { runPython } from "./fixtures/run_python.ts";
import { withPage } from "./fixtures/with_page.ts";
import type { MimeBundle } from "./mod.ts";
import { type CodeCell, formatNotebook, type Notebook, parseNotebook } from "./notebook_format.ts";
import { runNotebook } from "./run_notebook.ts";

// What each front end makes of each display.

const CHROMIUM = "chromium";

/** The executed notebook of all displays; made once. */
let executed: Promise<{ notebook: Notebook; file: string; page: string }> | undefined;
const folder = resolve(await Deno.makeTempDir({ dir: "results" })); // below the import map of this project
Deno.test.afterAll(() => Deno.remove(folder, { recursive: true }));

function executedDisplays() {
  return executed ??= (async () => {
    const file = join(folder, "displays.ipynb");
    await Deno.writeTextFile(file, formatNotebook(displayNotebook()));
    const run = await runNotebook(file, { out: join(folder, "out") });
    expect(run.failure).toBeUndefined();
    const notebook = parseNotebook(await Deno.readTextFile(run.notebook), run.notebook);
    return { notebook, file: run.notebook, page: run.page };
  })();
}

/** The bundle that the cell of a display shows. */
function bundleOf(notebook: Notebook, display: keyof typeof DISPLAYS): MimeBundle {
  const cells = notebook.cells.filter((cell): cell is CodeCell => cell.cell_type === "code");
  const { outputs } = cells[1 + Object.keys(DISPLAYS).indexOf(display)];
  expect(outputs.map(({ output_type }) => output_type)).toEqual(["display_data"]);
  return (outputs[0] as { data: MimeBundle }).data;
}

const PLOTLY = "application/vnd.plotly.v1+json";
const BY_RANK = ["text/html", "text/markdown", "image/svg+xml", "text/latex", "image/png", "image/jpeg", "text/plain"];

/**
 * The types that a front end shows, the first one that a bundle has: ranks and "safe" of JupyterLab 4's renderers,
 * `NOTEBOOK_DISPLAY_ORDER` and `alwaysSecure` of VS Code (types that aren't in its list, as Plotly's, come first),
 * `display_data_priority` of nbconvert's HTML, with which GitHub draws notebooks before it takes scripts away.
 */
const FRONT_ENDS: Record<string, string[]> = {
  "JupyterLab": BY_RANK,
  "JupyterLab, not trusted": BY_RANK.filter((type) => type !== "image/svg+xml"),
  "VS Code": [PLOTLY, ...BY_RANK],
  "VS Code, restricted": ["text/markdown", "image/png", "text/plain"],
  "nbconvert, GitHub": BY_RANK,
};

const PICKED: Record<keyof typeof DISPLAYS, string[]> = {
  table: ["text/html", "text/html", "text/html", "text/plain", "text/html"],
  plot: ["text/html", "text/html", PLOTLY, "image/png", "text/html"],
  spectrogram: ["image/png", "image/png", "image/png", "image/png", "image/png"],
  audio: ["text/html", "text/html", "text/html", "image/png", "text/html"],
  live: ["text/html", "text/html", "text/html", "image/png", "text/html"],
};

/** What is left of HTML where no script may run. */
const still = (html: string) => html.replaceAll(/<script[\s\S]*?<\/script>/g, "");

for (const [display, picked] of Object.entries(PICKED) as [keyof typeof DISPLAYS, string[]][]) {
  peerCheck(`the display "${display}" has something for each front end`, {}, async () => {
    const { notebook } = await executedDisplays();
    const bundle = bundleOf(notebook, display);
    const found = Object.values(FRONT_ENDS).map((types) => types.find((type) => type in bundle));
    expect(found).toEqual(picked);
    expect(String(bundle["text/plain"])).toMatch(/\S/);
    if ("image/png" in bundle) {
      const bytes = Uint8Array.fromBase64(String(bundle["image/png"]));
      expect([...bytes.subarray(1, 4)].map((code) => String.fromCharCode(code)).join("")).toBe("PNG");
    }
    if ("text/html" in bundle) {
      const html = still(String(bundle["text/html"]));
      expect(html).toMatch(/<img [^>]*src="data:image\/png;base64,|<td[ >]/);
      expect(html).not.toMatch(/\son\w+=/);
    }
  });
}

/** The pictures of a page that can be seen, by their alternative text. */
const picturesIn = (page: Page) =>
  page.evaluate(`[...document.querySelectorAll("img[src^='data:image/png']")]
    .filter((image) => image.naturalWidth > 0 && image.checkVisibility()).length`);

/** Uses each display as a reader does. */
async function useDisplays(page: Page): Promise<void> {
  await page.locator(".main-svg").first().waitFor(); // plotly has taken the picture's place
  await page.getByRole("button", { name: "next page" }).click();
  expect(await page.locator("td").first().textContent()).toBe("10");
  await page.locator("th", { hasText: "square" }).click();
  await page.locator("th", { hasText: "square" }).click(); // downwards
  expect(await page.locator("td").first().textContent()).toBe("29");
  const player = page.locator("audio");
  const place = await player.locator("xpath=preceding-sibling::div").boundingBox();
  await player.locator("xpath=preceding-sibling::div").click({
    position: { x: place!.width / 2, y: place!.height / 3 },
  });
  await page.waitForFunction(`document.querySelector("audio").currentTime > 0.5`);
  expect(await picturesIn(page)).toBe(3); // spectrogram, that of the player, the live chart
}

peerCheck("our page draws and plays the displays, with no request and no error", { programs: [CHROMIUM] }, async () => {
  const { page: path } = await executedDisplays();
  await withPage(async (page) => {
    const noise: string[] = [];
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(error.message));
    page.on("request", (request) => /^(data|blob):/.test(request.url()) || noise.push(request.url()));
    await page.goto(pathToFileURL(path).href);
    await useDisplays(page);
    expect(noise).toEqual([pathToFileURL(path).href]);
  });
});

peerCheck(
  "our page prints its figures whole, on white, whatever the screen shows",
  { programs: [CHROMIUM] },
  async () => {
    const { page: file } = await executedDisplays();
    await withPage(async (page) => {
      await page.emulateMedia({ colorScheme: "dark" });
      await page.goto(pathToFileURL(resolve(file)).href);
      expect(new TextDecoder().decode((await page.pdf()).subarray(0, 5))).toBe("%PDF-"); // draws all figures
      await page.emulateMedia({ media: "print" });
      const looks = await page.evaluate(`[...document.querySelectorAll(".plot, .outputs img")].map((part) => {
      const cutting = [];
      for (let around = part.parentElement; around; around = around.parentElement) {
        if (getComputedStyle(around).overflowX !== "visible") cutting.push(around.className);
      }
      return [getComputedStyle(part).breakInside, cutting.join()];
    })`) as [string, string][];
      expect(looks.length).toBeGreaterThanOrEqual(4);
      for (const look of looks) expect(look).toEqual(["avoid", ""]);
      expect(await page.evaluate("getComputedStyle(document.body).backgroundColor")).toBe("rgb(255, 255, 255)");
    });
  },
);

peerCheck(
  "the page that nbconvert makes draws and plays the displays",
  { python: ["nbconvert"], programs: [CHROMIUM] },
  async ({ python }) => {
    const { file } = await executedDisplays();
    const convert = ["-c", "from nbconvert.nbconvertapp import main; main()", "--to", "html", file];
    await runPython(python, convert, {
      IPYTHONDIR: join(folder, "ipython"),
      JUPYTER_CONFIG_DIR: join(folder, "config"),
    });
    await withPage(async (page) => {
      await page.goto(pathToFileURL(file.replace(/\.ipynb$/, ".html")).href, { waitUntil: "commit" });
      await useDisplays(page);
    });
  },
);

peerCheck(
  "JupyterLab shows the displays of a notebook that it does not trust without their scripts, and draws them when it runs",
  { python: ["jupyterlab"], programs: [CHROMIUM] },
  async ({ python }) => {
    const { notebook } = await executedDisplays();
    const server = await startLabServer(python, folder);
    try {
      await withPage(async (page) => {
        const lab = await openInLab(page, { server, name: "in-lab", notebook });
        await page.locator(".jp-OutputArea-output table").waitFor();
        expect(await page.locator(".main-svg").count()).toBe(0);
        expect(await page.locator("td").first().textContent()).toBe("0");
        expect(await picturesIn(page)).toBe(4); // the plot's, too
        await lab.runAll();
        await useDisplays(page);
        await lab.close();
      });
    } finally {
      await server.close();
    }
  },
);
