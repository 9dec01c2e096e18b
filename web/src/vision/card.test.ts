import { afterEach, describe, expect, it, vi } from 'vitest';
import emotion from '../../../models/emotion.json';
import shortRange from '../../../models/face_detection_short_range.json';
import { fetchCard, fetchModel, parseDetectorCard, parseEmotionCard } from './card';

const FOLDER = new URL('http://localhost/models/');
const CONTENT = new TextEncoder().encode('a model');
/** `printf 'a model' | sha256sum` */
const SHA256 = '97ff8a35544dcf40ad84047074439dd6aa3a0be469ea578a1b1c017d939ec61c';

function serve(response: () => Response | Promise<Response>): void {
  vi.stubGlobal('fetch', vi.fn(response));
}

afterEach(() => vi.unstubAllGlobals());

describe('cards', () => {
  it('that ship are valid', () => {
    expect(parseDetectorCard(shortRange, 'short range').secondLook?.region).toBeGreaterThan(1);
    expect(parseEmotionCard(emotion, 'emotion').crop.scale).toBeGreaterThan(0);
  });

  it('are refused where a number is missing', () => {
    const bad = { ...shortRange, score_threshold: 'high' };
    expect(() => parseDetectorCard(bad, 'short range')).toThrow(/short range.*score_threshold/);
  });

  it('are refused where the labels are in another order', () => {
    const bad = { ...emotion, labels: [...emotion.labels].reverse() };
    expect(() => parseEmotionCard(bad, 'emotion')).toThrow(/labels/);
  });

  it.each([[[]], [[[]]], [[[0.5], []]]])('are refused where the check is %j', (check) => {
    expect(() => parseEmotionCard({ ...emotion, check }, 'emotion')).toThrow(/emotion.*check/);
  });

  it.each([
    ['does not arrive', () => Promise.reject(new TypeError('offline')), 'load_failed'],
    ['is missing', () => new Response('', { status: 404 }), 'load_failed'],
    ['is not JSON', () => new Response('<html>'), 'model_damaged'],
  ])('tell when one %s', async (_, response, code) => {
    serve(response);
    await expect(fetchCard(FOLDER, 'emotion', parseEmotionCard)).rejects.toMatchObject({ code });
  });
});

describe('models', () => {
  it('are taken when they are the file that the card names', async () => {
    serve(() => new Response(CONTENT));
    expect(await fetchModel(FOLDER, { file: 'm.tflite', sha256: SHA256 })).toEqual(CONTENT);
    expect(fetch).toHaveBeenCalledWith(new URL('http://localhost/models/m.tflite'));
  });

  it('are refused when one byte differs', async () => {
    serve(() => new Response(new TextEncoder().encode('b model')));
    const model = fetchModel(FOLDER, { file: 'm.tflite', sha256: SHA256 });
    await expect(model).rejects.toMatchObject({ code: 'model_damaged' });
  });

  it('cannot be checked on an insecure page', async () => {
    vi.stubGlobal('crypto', {});
    const model = fetchModel(FOLDER, { file: 'm.tflite', sha256: SHA256 });
    await expect(model).rejects.toMatchObject({ code: 'unsupported' });
  });
});
