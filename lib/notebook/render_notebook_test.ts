import { expect } from "expect";
import type { CodeCell, NotebookOutput } from "./notebook_format.ts";
import { renderNotebook } from "./render_notebook.tsx";

function pageOf(...outputs: NotebookOutput[]): Promise<string> {
  const cell: CodeCell = { cell_type: "code", metadata: {}, source: "a < b", outputs, execution_count: 1 };
  const text = {
    cell_type: "markdown" as const,
    metadata: {},
    source: "# Title\n\n## Part one\n\n<script>evil()</script>",
  };
  return renderNotebook({ nbformat: 4, nbformat_minor: 5, metadata: {}, cells: [text, cell] }, { title: "A & B" });
}
const display = (data: Record<string, unknown>): NotebookOutput => ({
  output_type: "display_data",
  data,
  metadata: {},
});
const policyOf = (page: string) => page.match(/Content-Security-Policy" content="([^"]*)"/)![1];

Deno.test("renderNotebook() forbids requests, and scripts that no output brought", async () => {
  const page = await pageOf(display({ "text/html": "<b>x</b><script>mine()</script>" }));
  expect(policyOf(page)).toMatch(/^default-src 'none'; script-src 'sha256-/);
  // SHA-256 of "mine()", base64, by openssl.
  expect(policyOf(page)).toContain("QXxpu54YpA43T7+5Jah+DcfQJ/oA7xkSYpaa+TBFnkI=");
  expect(policyOf(page).match(/sha256-/g)).toHaveLength(2); // the page's own and the output's, not Markdown's
  expect(page).toContain("<title>A &amp; B</title>");
  expect(page).toContain('<a href="#part-one">Part one</a>');
});

Deno.test("renderNotebook() embeds plotly once, and only where a figure is drawn", async () => {
  const figure = display({ "application/vnd.plotly.v1+json": { data: [], layout: {} }, "text/plain": "figure" });
  const [without, once] = [await pageOf(), await pageOf(figure, figure)];
  expect(without.length).toBeLessThan(50_000);
  expect(once.match(/id="plotly"/g)).toHaveLength(1);
  expect(once.match(/class="plot"/g)).toHaveLength(2);
});

Deno.test("renderNotebook() shows text with its colours, escaped", async () => {
  const page = await pageOf(
    { output_type: "stream", name: "stderr", text: "<b>" },
    display({ "text/plain": "\u001b[33m2\u001b[39m" }),
  );
  expect(page).toContain('<pre class="stderr">&lt;b&gt;</pre>');
  expect(page).toContain('<span class="ansi-yellow-fg">2</span>');
  expect(page).toContain("a &lt; b");
});

Deno.test("renderNotebook() says at its top where the notebook stopped", async () => {
  const page = await pageOf({
    output_type: "error",
    ename: "TypeError",
    evalue: "broken",
    traceback: ["TypeError: broken"],
  });
  expect(page).toContain('stopped at <a href="#cell-2">cell 2</a>: TypeError: broken');
});
