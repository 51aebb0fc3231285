/**
 * The engine `ort`: a small compiler from a `tf.LayersModel`, a loss and an optimiser to one ONNX graph a training step,
 * which onnxruntime executes. `import_model` turns layers into operations, each with its gradient (`layers/`, and `ops/` for
 * what is large or has several users), `derive` walks them backwards, `losses/` and `optimizers/` close the graph, `onnx/`
 * writes the file.
 *
 * @module
 */
export * from "./export_onnx.ts";
export * from "./export_pipeline.ts";
export * from "./ort_engine.ts";
