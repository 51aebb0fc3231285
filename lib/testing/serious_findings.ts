import axe from "axe-core/axe.min.js" with { type: "text" };
import type { Page } from "playwright-core";

interface AxeRule {
  id: string;
  impact: string | null;
  nodes: { html: string }[];
}

/** For peer checks: what axe calls serious or critical on a page, as `rule: markup`; it must have looked at contrast. */
export async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const { violations, passes } = await page.evaluate(() =>
    (globalThis as unknown as { axe: { run(): Promise<{ violations: AxeRule[]; passes: AxeRule[] }> } }).axe.run()
  );
  if (!passes.some(({ id }) => id === "color-contrast")) return ["axe did not look at contrast"];
  return violations.filter(({ impact }) => impact === "serious" || impact === "critical")
    .map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 200)}`);
}
