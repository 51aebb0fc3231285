import { UsageError } from "../errors/mod.ts";

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
