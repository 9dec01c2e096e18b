import type { OverlayBox } from '../vision/overlay';

interface Size {
  width: number;
  height: number;
}

interface Paint {
  line: string;
  plate: string;
  text: string;
  font: string;
}

/** The canvas's own CSS colours: custom properties alone are not resolved for a canvas. */
export function readPaint(canvas: HTMLCanvasElement): Paint {
  const style = getComputedStyle(canvas);
  return {
    line: style.borderTopColor,
    plate: style.textDecorationColor,
    text: style.color,
    font: style.fontFamily,
  };
}

const LINE = 2.5;
const FONT_PX = 13;

/** Where a point of the frame is on a mirrored picture that covers the canvas (object-fit: cover). */
export function placeBox(box: OverlayBox['box'], frame: Size, canvas: Size) {
  const scale = Math.max(canvas.width / frame.width, canvas.height / frame.height);
  const left = (canvas.width - frame.width * scale) / 2;
  const top = (canvas.height - frame.height * scale) / 2;
  const width = box.width * scale;
  return {
    x: canvas.width - (left + box.x * scale) - width,
    y: top + box.y * scale,
    width,
    height: box.height * scale,
  };
}

export function drawOverlay(
  canvas: HTMLCanvasElement,
  shown: OverlayBox | null,
  frame: Size,
  text: string,
  paint: Paint,
): void {
  const context = canvas.getContext('2d');
  if (!context) return;
  const ratio = window.devicePixelRatio;
  const size = { width: canvas.clientWidth, height: canvas.clientHeight };
  const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
  if (canvas.width !== width || canvas.height !== height) {
    canvas.width = width;
    canvas.height = height;
  }
  context.setTransform(ratio, 0, 0, ratio, 0, 0);
  context.clearRect(0, 0, size.width, size.height);
  if (!shown) return;

  const box = placeBox(shown.box, frame, size);
  context.globalAlpha = shown.opacity;
  context.lineWidth = LINE;
  context.strokeStyle = paint.line;
  context.beginPath();
  context.roundRect(box.x, box.y, box.width, box.height, 10);
  context.stroke();
  context.globalAlpha = 1;
  if (!text) return;

  context.globalAlpha = shown.opacity;
  context.font = `600 ${FONT_PX}px ${paint.font}`;
  context.textBaseline = 'middle';
  const plate = { width: context.measureText(text).width + 16, height: FONT_PX + 9 };
  const x = Math.max(2, Math.min(box.x, size.width - plate.width - 2));
  const above = box.y - plate.height - 4;
  const y = above > 2 ? above : Math.min(box.y + 4, size.height - plate.height - 2);
  context.fillStyle = paint.plate;
  context.beginPath();
  context.roundRect(x, Math.max(2, y), plate.width, plate.height, plate.height / 2);
  context.fill();
  context.fillStyle = paint.text;
  context.fillText(text, x + 8, Math.max(2, y) + plate.height / 2 + 0.5);
  context.globalAlpha = 1;
}
