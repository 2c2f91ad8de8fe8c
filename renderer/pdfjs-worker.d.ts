declare module 'pdfjs-dist/build/pdf.worker.mjs' {
  /** pdf.js looks for it in `globalThis.pdfjsWorker`, where this module puts it. */
  export const WorkerMessageHandler: object
}
