import type { Browser } from "playwright-core";

const ARGS = [
  ...["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking"],
  ...["--disable-component-update", "--disable-sync", "--autoplay-policy=no-user-gesture-required"],
];

/** For peer checks: Debian's Chromium without a window. */
export async function openChromium(): Promise<Browser> {
  // When it is loaded, playwright looks into /proc for Windows, which Deno allows no permission set; not so in a test.
  Deno.env.set("__IS_WSL_TEST__", "1");
  const { chromium } = await import("playwright-core");
  return await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGS });
}
