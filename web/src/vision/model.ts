export type ModelInput = Float32Array<ArrayBuffer> | Uint8Array<ArrayBuffer>;

/** A loaded model with one input, as detector and classifier see it; `runtime.ts` makes them. */
export interface Model {
  /** All outputs for one input of the model's own shape, in the model's order. */
  run(input: ModelInput): Promise<ModelOutput[]>;
}

export interface ModelOutput {
  data: Float32Array;
  shape: readonly number[];
}
