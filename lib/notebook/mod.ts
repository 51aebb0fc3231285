/**
 * Notebooks: the Jupyter kernel, execution and pages without Python, and what cells show.
 *
 * @example
 * ```ts
 * import { expect } from "expect";
 * import { parseParameters } from "./mod.ts";
 * expect(parseParameters(["epochs=3"])).toEqual({ epochs: 3 });
 * ```
 *
 * @module
 */
export * from "./check_notebooks.ts";
export { displayBundle, type DisplayOptions, type MimeBundle } from "./display_bundle.ts";
export { interruptSignal } from "@auscult/jupyter-kernel/signal";
export * from "./judged_window.ts";
export * from "./labelled_sound.ts";
export * from "./list_notebooks.ts";
export * from "./live_display.ts";
export * from "./notebook_format.ts";
export * from "./open_data.ts";
export { parseParameters } from "./inject_parameters.ts";
export * from "./render_notebook.tsx";
export * from "./run_notebook.ts";
export * from "./show_audio.ts";
export * from "./show_plot.ts";
export * from "./show_run.ts";
export * from "./show_spectrogram.ts";
export * from "./show_sweep.ts";
export * from "./show_table.ts";
export * from "./to_data_frame.ts";
export * from "./training_chart.ts";
