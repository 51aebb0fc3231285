import { writeAtomic } from "../../files/mod.ts";
import { type Page, renderPage } from "./render_page.tsx";

/** Writes a page that is one file. @returns its path. */
export async function writePage(path: string, page: Page): Promise<string> {
  await writeAtomic(path, await renderPage(page));
  return path;
}
