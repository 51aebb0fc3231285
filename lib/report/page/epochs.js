// @ts-check
// One epoch of all trainings in figures: the one under the pointer in the learning curves, or of the slider.

/** @typedef {{ fold: number; seed: number; epoch: number; loss: number; validationLoss: number; validationScore: number }} EpochRow */

/** @type {EpochRow[]} */
const epochs = JSON.parse(document.getElementById("epoch-rows")?.textContent ?? "[]");
const slider = /** @type {HTMLInputElement | null} */ (document.getElementById("epoch"));
const body = /** @type {HTMLTableElement | null} */ (document.getElementById("epoch-table"))?.tBodies[0];

/** @param {number} epoch */
function showEpoch(epoch) {
  if (!slider || !body) return;
  slider.value = String(epoch);
  const output = slider.parentElement?.querySelector("output");
  if (output) output.textContent = slider.value;
  body.innerHTML = epochs.filter(({ epoch }) => epoch === Number(slider.value)).map((row) => {
    const values = [row.loss, row.validationLoss, row.validationScore];
    const cells = values.map((value) => `<td class="n">${value.toFixed(3)}</td>`).join("");
    return `<tr><th scope="row">fold ${row.fold}, seed ${row.seed}</th>${cells}</tr>`; // numbers alone
  }).join("");
}

slider?.addEventListener("input", () => showEpoch(Number(slider.value)));
const curves = /** @type {any} */ (document.querySelector('[data-figure="figure-learning-curves"]'));
// The figure can be listened to only once it is drawn, and nobody points at it before.
curves?.addEventListener("pointerover", function listen() {
  if (!curves.on) return;
  curves.removeEventListener("pointerover", listen);
  curves.on("plotly_hover", (/** @type {{ points: { x: number }[] }} */ { points }) => showEpoch(points[0].x));
});
if (slider) showEpoch(Number(slider.value));
