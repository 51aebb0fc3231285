import { InputError } from "../errors/mod.ts";
import { escapeXml } from "../pictures/mod.ts";

/** One thing to show in several forms by their MIME types; each front end takes the richest that it knows. */
export type MimeBundle = Record<string, unknown>;

export interface DisplayOptions {
  /** A name by which the display can be updated. */
  displayId?: string;
  /** Replace what was shown under the name. */
  update?: boolean;
}

/**
 * Shows a bundle under the running cell.
 *
 * @throws {InputError} outside a notebook.
 */
export async function displayBundle(bundle: MimeBundle, { displayId, update }: DisplayOptions = {}): Promise<void> {
  const jupyter = jupyterOf();
  if (!jupyter) {
    const found = "a program of another kind";
    throw new InputError({ expected: "a notebook cell", found, remedy: "call it in a cell" });
  }
  await jupyter.display(bundle, { raw: true, display_id: displayId, update } as Deno.jupyter.DisplayOptions);
}

/** `Deno.jupyter` is there in notebooks only; elsewhere it throws. */
function jupyterOf(): typeof Deno.jupyter | undefined {
  try {
    return Deno.jupyter;
  } catch {
    return undefined;
  }
}

/** A picture as wide as a cell, as HTML. */
export function pictureHtml(png: string, alt: string): string {
  return `<img alt="${escapeXml(alt)}" width="760" src="data:image/png;base64,${png}">`;
}

/** A picture as base64, and what is said below it: as HTML, and where there are no pictures. */
export function pictureBundle(png: string, { alt, below, text }: Record<"alt" | "below" | "text", string>): MimeBundle {
  return { "text/html": pictureHtml(png, alt) + below, "image/png": png, "text/plain": text };
}

/** A name for an element that no other display has. */
export function elementId(): string {
  return `a${crypto.randomUUID().slice(0, 8)}`;
}

/** A script that runs a function, which may use nothing beside itself, in the browser. */
export function browserScript<Data>(run: (data: Data) => void, data: Data): string {
  return `<script>(${run.toString()})(${JSON.stringify(data).replaceAll("<", "\\u003c")})</script>`;
}
