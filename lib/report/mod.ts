/**
 * What people share: a run as one HTML file that opens from disk, with no server and no network.
 *
 * @example
 * ```ts no-eval
 * import { renderReport } from "./mod.ts";
 * console.log(await renderReport("results/demo/20260102T030405Z-0a1b2c3d"));
 * ```
 *
 * @module
 */
export { heatPicture, playableSound, spectrogramPicture } from "./example_media.ts";
export * from "./page/content_policy.ts";
export * from "./render_index.tsx";
export * from "./render_live.tsx";
export * from "./render_model_card.ts";
export * from "./render_report.tsx";
export type { Pseudonymise } from "./report_view.ts";
