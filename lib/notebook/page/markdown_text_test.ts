import { expect } from "expect";
import { markdownHtml } from "./markdown_text.ts";

const ATTACKS = [
  '<meta http-equiv="refresh" content="0;url=https://example.org">',
  '<form action="https://example.org"><input name="a"><button>Go</button></form>',
  '<iframe src="https://example.org"></iframe>',
  '<base href="https://example.org/">',
  '<a href="https://example.org" ping="https://example.org">x</a>',
  "<img src=x onerror=alert(1)>",
  '<svg onload=alert(1)><a href="x"></a></svg>',
  '<p onclick="alert(1)">x</p>',
  "<style>body { display: none }</style>",
  "<script>alert(1)</script>",
  '<meta http-equiv="refresh"',
  "text <meta http-equiv=refresh content=0> in a line",
  "[x](javascript:alert(1))",
  "[x](data:text/html,<script>alert(1)</script>)",
  '<!-- --><meta http-equiv="refresh" content="0">',
];

for (const attack of ATTACKS) {
  Deno.test(`markdownHtml() only shows ${attack}`, () => {
    const html = markdownHtml(`before\n\n${attack}\n\nafter`);
    expect(html).not.toMatch(
      /<(meta|form|input|button|iframe|base|img|svg|style|script|\w+ on\w+|a [^>]*(ping|javascript:|data:))/i,
    );
    expect(html).toContain("before");
    expect(html).toContain("after");
  });
}

Deno.test("markdownHtml() keeps what shapes text, links and formulas' smaller-than", () => {
  const html = markdownHtml(
    "H<sub>2</sub>O, [a](https://example.org), [b](#there), [c](other.html), 1 < 2\n\n<details><summary>More</summary>\n\n**bold**\n\n</details>",
  );
  expect(html).toContain("H<sub>2</sub>O");
  expect(html).toContain(
    '<a href="https://example.org">a</a>, <a href="#there">b</a>, <a href="other.html">c</a>, 1 &lt; 2',
  );
  expect(html).toMatch(/<details><summary>More<\/summary>[^]*<strong>bold<\/strong>[^]*<\/details>/);
});
