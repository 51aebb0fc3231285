/**
 * URL of the module that calls a `define…`: the first on the stack that isn't one of the doors. None where code has no
 * file of its own, as a notebook's cells.
 */
export function definingModule(): string | undefined {
  const url = callers().find((url) => url === undefined || !isDoor(url));
  return /^(?:file|https?):/.test(url ?? "") ? url!.replace(/[?#].*$/, "") : undefined;
}

/** URLs of the calling functions' modules, the nearest first; the stack as text has them decoded. */
function callers(): (string | undefined)[] {
  const { prepareStackTrace } = Error;
  try {
    Error.prepareStackTrace = (_, sites) => sites.map((site) => site.getScriptNameOrSourceURL() ?? undefined);
    const sites: unknown = new Error().stack;
    return Array.isArray(sites) ? sites : []; // browsers other than Chromium have text alone
  } finally {
    Error.prepareStackTrace = prepareStackTrace;
  }
}

const LIB = new URL("../", import.meta.url).href;

function isDoor(url: string): boolean {
  return url.startsWith(LIB) && /\/(?:define_\w+(?<!_test)|part_kind|defining_module)\.ts/.test(url);
}
