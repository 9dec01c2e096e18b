/** A chart as a picture to keep, as it looks just now: colours of the theme, names of the emotions. */

const SCALE = 2;
const MARGIN = 24;
const TITLE = 40;
const LEGEND_ROW = 34;
const FACE = 24;

/** What style sheets say has to be said by the elements themselves once they stand alone. */
const PROPERTIES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-dasharray',
  'opacity',
] as const;

export interface LegendItem {
  face: SVGSVGElement;
  text: string;
  /** Of the whole item, in CSS pixels. */
  width: number;
}

/** Where each item goes, row by row. */
export function legendPlaces(
  widths: readonly number[],
  most: number,
): { x: number; row: number }[] {
  let [x, row] = [0, 0];
  return widths.map((width) => {
    if (x > 0 && x + width > most) [x, row] = [0, row + 1];
    const place = { x, row };
    x += width;
    return place;
  });
}

/** A PNG of twice the size on the screen; nothing is asked of the network for it. */
export async function chartPng(
  chart: SVGSVGElement,
  title: string,
  legend: readonly LegendItem[],
): Promise<Blob> {
  const { width, height } = chart.getBoundingClientRect();
  const places = legendPlaces(
    legend.map((item) => item.width),
    width,
  );
  const rows = places.reduce((most, { row }) => Math.max(most, row + 1), 0);
  const legendTop = MARGIN + TITLE + height + MARGIN / 2;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round((width + 2 * MARGIN) * SCALE);
  canvas.height = Math.round((legendTop + rows * LEGEND_ROW + MARGIN / 2) * SCALE);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(SCALE, SCALE);

  const page = getComputedStyle(document.body);
  context.fillStyle = getComputedStyle(chart.closest('.card') ?? document.body).backgroundColor;
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.fillStyle = page.color;
  context.font = `650 18px ${page.fontFamily}`;
  context.fillText(title, MARGIN, MARGIN + 16);

  context.drawImage(await imageOf(chart, width, height), MARGIN, MARGIN + TITLE, width, height);
  writeTexts(context, chart, MARGIN, MARGIN + TITLE);

  for (const [i, { face, text }] of legend.entries()) {
    const { x, row } = places[i] ?? { x: 0, row: 0 };
    const [left, top] = [MARGIN + x, legendTop + row * LEGEND_ROW];
    context.drawImage(await imageOf(face, FACE, FACE), left, top, FACE, FACE);
    context.fillStyle = page.color;
    context.font = `400 14px ${page.fontFamily}`;
    context.textAlign = 'start';
    context.fillText(text, left + FACE + 8, top + 17);
  }
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('no picture'))), 'image/png'),
  );
}

/** The shapes of a drawing, without its texts: an image of its own knows no typeface of the page. */
async function imageOf(svg: SVGSVGElement, width: number, height: number): Promise<ImageBitmap> {
  const copy = svg.cloneNode(true) as SVGSVGElement;
  const originals = [svg, ...svg.querySelectorAll('*')];
  [copy, ...copy.querySelectorAll('*')].forEach((twin, i) => {
    const original = originals[i];
    if (!original) return;
    const style = getComputedStyle(original);
    twin.removeAttribute('style');
    for (const name of PROPERTIES) twin.setAttribute(name, style.getPropertyValue(name));
    // What only helps to point at things is no part of the picture.
    const left = original.hasAttribute('data-pointer') || original instanceof SVGTextElement;
    if (left) twin.setAttribute('opacity', '0');
  });
  // Drawn large enough to stay sharp.
  copy.setAttribute('width', String(width * SCALE));
  copy.setAttribute('height', String(height * SCALE));
  const source = new XMLSerializer().serializeToString(copy);
  const address = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    return await createImageBitmap(image);
  } finally {
    URL.revokeObjectURL(address);
  }
}

const ALIGN = { start: 'start', middle: 'center', end: 'end' } as const;

/** The texts of a drawing, where they stand in it, in the typeface of the page. */
function writeTexts(
  context: CanvasRenderingContext2D,
  svg: SVGSVGElement,
  left: number,
  top: number,
): void {
  const frame = svg.getBoundingClientRect();
  for (const text of svg.querySelectorAll('text')) {
    const style = getComputedStyle(text);
    const at = new DOMPoint(text.x.baseVal[0]?.value, text.y.baseVal[0]?.value);
    const { x, y } = at.matrixTransform(text.getScreenCTM() ?? undefined);
    context.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    context.fillStyle = style.fill;
    context.textAlign = ALIGN[style.textAnchor as keyof typeof ALIGN] ?? 'start';
    context.fillText(text.textContent?.trim() ?? '', left + x - frame.x, top + y - frame.y);
  }
}

/** Hands a file to the user as a download does. */
export function saveFile(blob: Blob, name: string): void {
  const address = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = address;
  link.download = name;
  link.click();
  // Some browsers begin to read only after the click is over.
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
