// @ts-check
// Draws the figures of a notebook's page when they come near the window. Runs from file:// with no network.

const dark = matchMedia("(prefers-color-scheme: dark)");
const look = JSON.parse(document.getElementById("look")?.textContent ?? "null");
const plots = [.../** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".plot"))];
/** @type {Map<HTMLElement, string>} */
const figures = new Map(plots.map((plot) => [plot, plot.querySelector("script")?.textContent ?? ""]));

function loadPlotly() {
  const known = /** @type {any} */ (window);
  if (known.Plotly) return known.Plotly;
  const script = document.createElement("script");
  // The policy allows exactly this text, by its hash.
  script.textContent = document.getElementById("plotly")?.textContent ?? "";
  document.head.append(script);
  return known.Plotly;
}

/** @param {HTMLElement} plot @param {"light" | "dark"} theme */
function draw(plot, theme = dark.matches ? "dark" : "light") {
  let text = figures.get(plot) ?? "";
  look.series.light.forEach(
    (/** @type {string} */ colour, /** @type {number} */ i) =>
      text = text.replaceAll(`"${colour}"`, `"${look.series[theme][i]}"`),
  );
  const { data, layout } = JSON.parse(text);
  // Notebooks draw on white, a page on its own paper.
  const own = { ...layout, paper_bgcolor: undefined, plot_bgcolor: undefined, template: look.templates[theme] };
  loadPlotly().react(plot, data, { ...own, autosize: true }, { displayModeBar: false, responsive: true });
  plot.dataset.drawn = theme;
}

const near = new IntersectionObserver((entries) => {
  for (const { isIntersecting, target } of entries) {
    if (!isIntersecting) continue;
    near.unobserve(target);
    draw(/** @type {HTMLElement} */ (target));
  }
}, { rootMargin: "600px" });
plots.forEach((plot) => near.observe(plot));
function redraw() {
  for (const plot of plots) if (plot.dataset.drawn) draw(plot);
}
dark.addEventListener("change", redraw);
addEventListener("beforeprint", () => plots.forEach((plot) => draw(plot, "light")));
addEventListener("afterprint", redraw);
