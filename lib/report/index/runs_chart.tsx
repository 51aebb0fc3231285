const CHOICES = [
  ["question", "Runs on"],
  ["score", "Score"],
  ["colour", "Colour by"],
] as const;

/** Where the page's script draws all runs of a question on one axis. */
export function RunsChart() {
  return (
    <section id="chart" aria-labelledby="chart-title">
      <h2 id="chart-title">Runs on one axis</h2>
      <p class="small muted">
        Each mark is a run's score, its bar the interval over subjects. What the grey reaches can be had without
        listening; shorter ticks are weaker floors. The pale band carries one run's interval through the others: point
        at a run, or step to its link. Only runs that the filter above leaves are drawn.
      </p>
      <div class="asked choices">
        {CHOICES.map(([name, label]) => (
          <label key={name}>
            {label} <select id={`chart-${name}`} autocomplete="off" />
          </label>
        ))}
        <label>
          Order{" "}
          <select id="chart-order" autocomplete="off">
            <option value="latest">latest first</option>
            <option value="best">best first</option>
            <option value="colour">by colour</option>
          </select>
        </label>
      </div>
      <div id="runs-chart" aria-live="polite" />
    </section>
  );
}
