import { describe, expect, it } from 'vitest';
import { firstPart, listOfFile, listOfText, MOST_BYTES, TooBig } from './song-lists';

describe('lists of songs', () => {
  it('go to the server as they are', async () => {
    const bytes = Uint8Array.from([0x50, 0x4b, 0, 255]);
    const list = await listOfFile(new File([bytes], 'songs.xlsx'));
    expect(list).toEqual({ name: 'songs.xlsx', file: 'UEsA/w==' });
    expect(listOfText('밤')).toEqual({ pasted: '밤' });
  });

  it('are not sent where they are too big', async () => {
    const file = new File(['x'.repeat(MOST_BYTES + 1)], 'list.csv');
    await expect(listOfFile(file)).rejects.toThrow(TooBig);
    expect(() => listOfText('가'.repeat(MOST_BYTES / 2))).toThrow(TooBig);
  });

  it('are kept in parts that fit into a request', () => {
    expect(firstPart(Array(25).fill('short'))).toHaveLength(20);
    expect(firstPart(Array(25).fill('가'.repeat(1000)))).toHaveLength(20);
    expect(firstPart(Array(4).fill('가'.repeat(14_000)))).toHaveLength(2);
    expect(firstPart(['가'.repeat(40_000), 'short'])).toHaveLength(1);
    expect(firstPart([])).toEqual([]);
  });
});
