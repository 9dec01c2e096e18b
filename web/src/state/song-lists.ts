/** From pasted links and CSV to rows that the server looks at; no DOM here. */
import type { SongRow } from '../api/songs';

const COLUMNS: Record<keyof SongRow, readonly string[]> = {
  link: ['youtube_video_id', 'video id', 'videoid', 'url', 'song url', 'link', '주소', '링크'],
  title: ['title', 'song title', '제목', '곡명', '노래'],
  artist: ['artist', 'artist name 1', 'artist names', '가수', '아티스트'],
  genre: ['genre', '장르'],
};
const LONGEST = 500;

/** Every line is a link, unless the text is a table with a header. */
export function rowsOfText(text: string): SongRow[] {
  const cells = table(text.replace(/^\uFEFF/, ''));
  const head = cells.findIndex((row) => column(row, 'link') >= 0);
  if (head < 0) {
    return cells.flatMap((row) => {
      const link = row.join(',').trim();
      return link && !link.startsWith('#') ? [{ link: link.slice(0, LONGEST) }] : [];
    });
  }
  const at = Object.fromEntries(
    Object.keys(COLUMNS).map((name) => [name, column(cells[head] ?? [], name as keyof SongRow)]),
  ) as Record<keyof SongRow, number>;
  return cells.slice(head + 1).flatMap((row) => {
    const cell = (name: keyof SongRow) => (row[at[name]] ?? '').trim().slice(0, LONGEST);
    const [link, title, artist, genre] = [
      cell('link'),
      cell('title'),
      cell('artist'),
      cell('genre'),
    ];
    if (!link) return [];
    return [
      {
        link,
        ...(title && { title }),
        ...(artist && { artist }),
        ...(genre && { genre }),
      } as SongRow,
    ];
  });
}

function column(row: readonly string[], name: keyof SongRow): number {
  const low = row.map((cell) => cell.trim().toLowerCase());
  return COLUMNS[name].map((each) => low.indexOf(each)).find((at) => at >= 0) ?? -1;
}

/** CSV (RFC 4180): quotes hold commas, line ends, and doubled quotes. */
function table(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let cell = '';
  let quoted = false;
  for (let i = 0; i < text.length; i += 1) {
    const char = text[i];
    if (quoted && char === '"' && text[i + 1] === '"') {
      cell += '"';
      i += 1;
    } else if (char === '"' && (quoted || cell === '')) {
      quoted = !quoted;
    } else if (!quoted && char === ',') {
      row.push(cell);
      cell = '';
    } else if (!quoted && char === '\n') {
      rows.push([...row, cell.replace(/\r$/, '')]);
      row = [];
      cell = '';
    } else {
      cell += char;
    }
  }
  if (cell || row.length > 0) rows.push([...row, cell]);
  return rows;
}
