// What we use of gifenc, which brings no types along.
declare module "gifenc" {
  export function GIFEncoder(): {
    writeFrame(
      places: Uint8Array,
      width: number,
      height: number,
      options: {
        palette?: number[][];
        repeat?: number;
        delay: number;
        transparent: boolean;
        transparentIndex: number;
        dispose: number;
        colorDepth: number;
      },
    ): void;
    finish(): void;
    bytes(): Uint8Array<ArrayBuffer>;
  };
}
