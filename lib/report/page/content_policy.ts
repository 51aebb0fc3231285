import { createHash } from "node:crypto";

/** What a page may do beside showing itself. */
export interface ContentPolicyOptions {
  /** Text of each inline script that may run. */
  scripts: string[];
  /** Whether WebAssembly may run, from bytes that the page holds. @default {false} */
  computes?: boolean;
  /** Whether it may send to the server that it came from; a page from disk came from none. @default {false} */
  saves?: boolean;
}

/**
 * A Content-Security-Policy for a page on disk: no request of any kind, pictures and sounds from data addresses
 * only, and no script but the named ones (CSP Level 3, hashes of inline scripts).
 */
export function contentPolicy({ scripts, computes = false, saves = false }: ContentPolicyOptions): string {
  const hashes = scripts.map((text) => `'sha256-${createHash("sha256").update(text).digest("base64")}'`);
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ") || "'none'"}${computes ? " 'wasm-unsafe-eval'" : ""}`,
    // tfjs fetches its WebAssembly from a data address, which leaves no machine.
    ...(computes || saves ? [`connect-src${computes ? " data:" : ""}${saves ? " 'self'" : ""}`] : []),
    "style-src 'unsafe-inline'", // plotly sets style attributes; without scripts or requests they can do no harm
    "img-src data: blob:",
    "media-src data: blob:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
