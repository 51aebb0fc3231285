import type { Browser, Page } from "playwright-core";
import { pathToFileURL } from "node:url";

/** A page that was opened from disk. */
export interface OpenedReport {
  page: Page;
  /** Whatever the console, the page's errors, dialogs and the network have to say. */
  complaints: string[];
}

/** Opens a page from disk, for tests alone, and writes down all that it complains of or asks for. */
export async function openReport(
  browser: Browser,
  report: string,
  options: Parameters<Browser["newPage"]>[0] = {},
): Promise<OpenedReport> {
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 }, ...options });
  page.setDefaultTimeout(120_000); // a busy machine may need its time
  const complaints: string[] = [];
  page.on("console", (message) => complaints.push(`console ${message.type()}: ${message.text()}`));
  page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
  page.on("dialog", (dialog) => {
    complaints.push(`dialog: ${dialog.message()}`);
    return dialog.dismiss();
  });
  page.on("request", (request) => {
    const address = request.url();
    // A blob is made by the page itself and leaves no machine.
    if (!/^(data|blob):/.test(address) && address !== pathToFileURL(report).href) {
      complaints.push(`request: ${address}`);
    }
  });
  await page.goto(pathToFileURL(report).href);
  return { page, complaints };
}
