// A picture in SVG as one of pixels.

import { template } from "../words/say.js";

/**
 * @param {string} svgText
 * @param {number} scale
 * @returns {Promise<Blob>}
 */
export async function pngOf(svgText, scale) {
  const canvas = await canvasOf(svgText, scale);
  return new Promise((resolve, reject) => {
    const made = (/** @type {Blob | null} */ blob) =>
      blob
        ? resolve(blob)
        : reject(new Error(template("the picture is too large for this browser")));
    canvas.toBlob(made, "image/png");
  });
}

/**
 * @param {string} svgText
 * @param {number} scale
 * @param {{ width: number, height: number }} [size]  of the canvas, where it is not that of the picture
 */
export async function canvasOf(svgText, scale, size) {
  const image = new Image();
  // Not a Blob's address: hosts allow fewer pages to show those.
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svgText)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  const { naturalWidth, naturalHeight } = image;
  canvas.width = size?.width ?? Math.round(scale * naturalWidth);
  canvas.height = size?.height ?? Math.round(scale * naturalHeight);
  canvas.getContext("2d")?.drawImage(image, 0, 0, scale * naturalWidth, scale * naturalHeight);
  return canvas;
}
