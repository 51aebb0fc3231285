import type { Page } from "playwright-core";

/**
 * Looks at every figure of a page until each is drawn on the paper that is asked for, for tests alone. A figure is drawn
 * when it comes near the window, and a busy page may show no frame while it is scrolled past: so this asks again, frame
 * by frame, for the first that is missing.
 *
 * @throws {Error} after two minutes with a figure undrawn
 */
export async function seeAll(page: Page, paper: "light" | "dark" = "light"): Promise<void> {
  const allAreDrawn = (paper: string) => {
    const missing = [...document.querySelectorAll<HTMLElement>(".plot")].find(({ dataset }) => dataset.drawn !== paper);
    missing?.scrollIntoView({ behavior: "instant", block: "center" });
    return missing === undefined;
  };
  await page.waitForFunction(allAreDrawn, paper, { timeout: 120_000 });
}
