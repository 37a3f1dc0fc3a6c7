/** What a worker is started with: compiled once, shared by all. */
export interface FliteWorkerData {
  readonly module: WebAssembly.Module;
}

/** One piece to speak. A worker is given the next one only after its answer. */
export interface FliteJob {
  readonly text: string;
  readonly voice: string;
  /** Speaking rate; 1 is the voice's own. */
  readonly speed: number;
}

export type FliteAnswer =
  | { readonly type: 'ready' }
  | { readonly type: 'spoken'; readonly samples: Int16Array<ArrayBuffer>; readonly sampleRateHz: number };
