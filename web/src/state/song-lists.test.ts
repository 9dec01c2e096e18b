import { describe, expect, it } from 'vitest';
import { rowsOfText } from './song-lists';
import { requests } from './songs.svelte';

describe('lists of songs', () => {
  it('are links, one in a line, with notes', () => {
    expect(rowsOfText('# mine\nhttps://youtu.be/a\r\n\n b \n')).toEqual([
      { link: 'https://youtu.be/a' },
      { link: 'b' },
    ]);
  });

  it('are tables with a header, wherever it is', () => {
    const text =
      '\uFEFFPlaylist,x\n\nURL,Title,장르\nhttps://youtu.be/a,"One, ""two""\nthree",발라드\n,no link,\nb,,\n';
    expect(rowsOfText(text)).toEqual([
      { link: 'https://youtu.be/a', title: 'One, "two"\nthree', genre: '발라드' },
      { link: 'b' },
    ]);
  });

  it('may be empty', () => {
    expect(rowsOfText('')).toEqual([]);
    expect(rowsOfText('url,title\n')).toEqual([]);
  });

  it('cuts what is far too long', () => {
    expect(rowsOfText(`url,title\na,${'x'.repeat(2000)}`)[0]?.title).toHaveLength(500);
  });

  it('go in parts that fit into a request', () => {
    const sizes = (items: string[]) => requests(items).map((part) => part.length);
    expect(sizes(Array(25).fill('short'))).toEqual([10, 10, 5]);
    expect(sizes(Array(4).fill('가'.repeat(1000)))).toEqual([2, 2]);
    expect(sizes([])).toEqual([]);
  });
});
