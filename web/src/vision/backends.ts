/** The ways in which models can be run here, best first. Each is tried when the one before it has failed. No DOM. */

/** `threads`: several of them in wasm; `simd`: one thread in wasm, which every browser has that can run the app at all. */
export type Backend = 'webgpu' | 'threads' | 'simd';

/** What a page can tell before it has tried anything. */
export interface Surroundings {
  navigator?: { gpu?: unknown };
  crossOriginIsolated?: boolean;
  SharedArrayBuffer?: unknown;
}

/** Those that are worth a try; `simd` is always the last. */
export function backends({
  navigator,
  crossOriginIsolated,
  SharedArrayBuffer,
}: Surroundings): Backend[] {
  const threads = crossOriginIsolated === true && SharedArrayBuffer !== undefined;
  return [
    ...(navigator?.gpu ? (['webgpu'] as const) : []),
    ...(threads ? (['threads'] as const) : []),
    'simd',
  ];
}
