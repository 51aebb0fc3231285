/**
 * A sweep as one HTML file: which setting is better and by how much, for whoever has to believe it.
 *
 * @module
 */
export * from "./render_sweep_report.tsx";
export type { SweepInvocation, SweepStudy, SweepTrial } from "./sweep_view.ts";
