/** A chart as a picture to keep, as it looks just now: colours of the theme, names of the emotions. */

const SCALE = 2;
const MARGIN = 24;
const TITLE = 40;
const LEGEND_ROW = 34;
const NAMESPACE = 'http://www.w3.org/2000/svg';

/** What style sheets say has to be said by the elements themselves once they stand alone. */
const PROPERTIES = [
  'fill',
  'stroke',
  'stroke-width',
  'stroke-linecap',
  'stroke-linejoin',
  'stroke-dasharray',
  'opacity',
  'font-family',
  'font-size',
  'font-weight',
  'text-anchor',
] as const;

export interface LegendItem {
  face: SVGSVGElement;
  text: string;
  /** Of the whole item, in CSS pixels. */
  width: number;
}

/** Where each item goes, row by row; the last number is how many rows there are. */
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

/** The SVG as a document of its own, with a title above and a legend below. */
function standalone(
  chart: SVGSVGElement,
  title: string,
  legend: readonly LegendItem[],
): { svg: SVGSVGElement; width: number; height: number } {
  const { width: chartWidth, height: chartHeight } = chart.getBoundingClientRect();
  const places = legendPlaces(
    legend.map(({ width }) => width),
    chartWidth,
  );
  const rows = places.length > 0 ? 1 + (places.at(-1)?.row ?? 0) : 0;
  const width = chartWidth + 2 * MARGIN;
  const height = TITLE + chartHeight + 2 * MARGIN + rows * LEGEND_ROW + (rows > 0 ? MARGIN / 2 : 0);
  const page = getComputedStyle(document.body);
  const card = getComputedStyle(chart.closest('.card') ?? document.body).backgroundColor;
  const svg = element('svg', { width, height, viewBox: `0 0 ${width} ${height}` });
  svg.append(element('rect', { width, height, fill: card }));
  const words = { fill: page.color, 'font-family': page.fontFamily };
  const head = { ...words, 'font-size': 18, 'font-weight': 650 };
  svg.append(text(title, { ...head, x: MARGIN, y: MARGIN + 16 }));
  const inner = inlined(chart);
  const at = { x: MARGIN, y: MARGIN + TITLE, width: chartWidth, height: chartHeight };
  svg.append(attributed(inner, at));
  places.forEach(({ x, row }, i) => {
    const item = legend[i];
    if (!item) return;
    const left = MARGIN + x;
    const top = MARGIN * 1.5 + TITLE + chartHeight + row * LEGEND_ROW;
    svg.append(attributed(inlined(item.face), { x: left, y: top, width: 24, height: 24 }));
    svg.append(text(item.text, { ...words, 'font-size': 14, x: left + 32, y: top + 17 }));
  });
  return { svg, width, height };
}

function inlined(source: SVGSVGElement): SVGSVGElement {
  const copy = source.cloneNode(true) as SVGSVGElement;
  const [from, to] = [source, copy].map((root) => [root, ...root.querySelectorAll('*')]);
  from?.forEach((original, i) => {
    const style = getComputedStyle(original);
    const twin = to?.[i];
    twin?.removeAttribute('style');
    for (const name of PROPERTIES) twin?.setAttribute(name, style.getPropertyValue(name));
    // What only helps to point at things is no part of the picture.
    if (original.hasAttribute('data-pointer')) twin?.setAttribute('opacity', '0');
  });
  return copy;
}

function element<Name extends 'svg' | 'rect' | 'text'>(
  name: Name,
  attributes: Record<string, string | number>,
): SVGElementTagNameMap[Name] {
  return attributed(document.createElementNS(NAMESPACE, name), attributes);
}

function attributed<E extends SVGElement>(one: E, attributes: Record<string, string | number>): E {
  for (const [name, value] of Object.entries(attributes)) one.setAttribute(name, String(value));
  return one;
}

function text(words: string, attributes: Record<string, string | number>): SVGElement {
  const one = element('text', attributes);
  one.textContent = words;
  return one;
}

/** A PNG of twice the size on the screen; nothing is asked of the network for it. */
export async function chartPng(
  chart: SVGSVGElement,
  title: string,
  legend: readonly LegendItem[],
): Promise<Blob> {
  const { svg, width, height } = standalone(chart, title, legend);
  const source = new XMLSerializer().serializeToString(svg);
  const address = URL.createObjectURL(new Blob([source], { type: 'image/svg+xml' }));
  try {
    const image = new Image();
    image.src = address;
    await image.decode();
    const canvas = document.createElement('canvas');
    canvas.width = Math.round(width * SCALE);
    canvas.height = Math.round(height * SCALE);
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
    return await new Promise((resolve, reject) =>
      canvas.toBlob(
        (blob) => (blob ? resolve(blob) : reject(new Error('no picture'))),
        'image/png',
      ),
    );
  } finally {
    URL.revokeObjectURL(address);
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
