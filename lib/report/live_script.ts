import { absent } from "./live/absent.ts";
import { UsageError } from "../errors/mod.ts";

/** What the page brings itself, for modules of somebody's own to import. */
const BROUGHT = ["@auscult/auscult", "@auscult/auscult/*", "@tensorflow/tfjs"];

/**
 * The script of the live page, one text for browsers.
 *
 * @param own The module that defines an input of somebody's own; it becomes part of the page.
 * @throws {UsageError} where that module needs what no page has, naming it.
 */
export async function liveScript(own?: string): Promise<string> {
  if (own === undefined) return await pageScript(import.meta.resolve("./live/live.tsx"));
  const text = await pageScript(own, { format: "cjs", external: BROUGHT });
  for (const [, name] of text.matchAll(/\brequire\("([^"]+)"\)/g)) {
    if (!/^@(?:auscult\/auscult|tensorflow\/tfjs)/.test(name)) throw unfit(own, `an import of "${name}"`);
  }
  await tryWithoutDeno(text).catch((error) => {
    throw unfit(own, String(error), error);
  });
  return `globalThis.ownModule=(require,module)=>{${text}\n};\n${await pageScript(
    import.meta.resolve("./live/live_own.ts"),
  )}`;
}

/** Reads a module as a page will, where there is no Deno and no Node. */
async function tryWithoutDeno(text: string): Promise<void> {
  const script = `export default (require, module, Deno, process, Buffer) => {${text}\n}`;
  const { default: read } = await import(`data:text/javascript,${encodeURIComponent(script)}`);
  read(absent, {});
}

/** A module and all that it imports as one text for browsers. @throws {UsageError} where it needs what no page has. */
export async function pageScript(entry: string, options: Partial<Deno.bundle.Options> = {}): Promise<string> {
  const { outputFiles, errors } = await Deno.bundle({
    ...{ entrypoints: [entry], platform: "browser", minify: true, write: false },
    ...options,
  });
  if (!outputFiles) throw unfit(errors[0].location?.file ?? entry, errors[0].text);
  return outputFiles[0].text();
}

/** A module that no page can run. */
export function unfit(where: string, found: string, cause?: unknown): UsageError {
  return new UsageError({
    ...{ expected: "a module that runs in a page, where there are no files, no Deno and no Node", found, where, cause },
    remedy: 'define the input in a module that imports only what it hears by, and Auscult as "@auscult/auscult"',
  });
}
