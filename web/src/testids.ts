/**
 * Handles for scenario tests; names and roles come first, these where a state is to be read.
 *
 * | data-testid       | on                      | more attributes |
 * |---|---|---|
 * | current-emotion   | what the face looks like | data-emotion: anger..surprise or unsure; data-reason: starting, no_face, low_confidence or empty; data-confidence: 0..1 |
 * | probabilities     | the six bars             | each child: data-emotion, data-value: 0..1 |
 * | camera-sign       | only while the camera is on (header, every page) | |
 * | camera-preview    | the camera's <video>     | |
 * | camera-panel      | the camera part of the live page | data-phase: off, asking, loading, watching, lost; data-problem: denied, not_found, ... or empty |
 * | first-start       | notice and consents, until they are answered | |
 * | coach, coach-summary, coach-check, coach-continue, coach-told | the camera check | coach: data-step: checks, rest, told; data-phase as of camera-panel; checks: data-check, data-found: good, unknown, or the fault; coach-told: data-emotion |
 * | others            | somebody else is in the picture | |
 * | now-playing       | the player, present on every page while something goes on | data-state: see `Status` in state/listening.ts; data-why; data-genre, data-source, data-track, data-emotion, data-origin: empty without a song |
 * | small-player, small-mood | the small player, in a window of its own | data-state as of now-playing |
 * | mood-picker       | the six buttons and "any song"  | each button: data-emotion |
 * | notice            | one line about the music | data-kind: source_unavailable, track_failed, paused_hidden |
 * | elsewhere         | in place of the player: the session goes on in another tab | |
 * | hidden-gap        | one line: no look was possible while the tab was hidden | data-looks |
 * | cookies           | banner where the browser keeps no cookie | |
 * | offline           | banner while the server is gone | |
 * | day-sentence, day-chart, day-songs, day-entries | the page of a day | songs: data-emotion, data-outcome; entries: data-emotion |
 * | reading           | a span of readings       | data-emotion |
 * | days-, week-, shares-, entries-, flow-, weekdays-, mood-chart | a chart of the statistics | its sentence: the same with -sentence |
 * | song-ranks, song-of | songs of the statistics | |
 * | statistics-empty  | nothing to count         | |
 * | import, import-result, import-problems | the page of one's data | result: data-state, see `ImportState` in state/importer.svelte.ts |
 * | songs-add, songs-state, songs-progress, songs-interrupted, songs-cut, songs-problems, songs-coming, songs-own | the page of own songs | songs-state: data-state, see `BringingState` in state/bringing.svelte.ts |
 * | toast             | what was just done, with undo | |
 * | goal-picker       | what the music is to do  | data-goal |
 * | why, step, next-step | why this song, which step of the goal it is, and the next one | |
 * | radio-offer | where nothing else plays | data-state: `offered` \| `empty` |
 * | queue, queue-said | the songs that wait, and what was done to them, for screen readers | each: data-id, data-track |
 * | helps, helps-sentence, learned, learned-from, bans | the page "What helps me" | helps: each data-name, data-plays; learned: each data-feature, data-value; learned-from: data-count; bans: each data-kind |
 * | traffic           | every request of this page | rows: data-method, data-url, data-times, data-bytes |
 * | genre-grid        | the Genres page          | boxes by name, e.g. "Jazz for Happy" |
 * | saved             | "saved" and undo         | data-state: idle, saving, saved, failed |
 */
export const TEST_IDS = [
  'current-emotion',
  'probabilities',
  'camera-sign',
  'camera-preview',
  'camera-panel',
  'first-start',
  'coach',
  'coach-summary',
  'coach-check',
  'coach-continue',
  'coach-told',
  'others',
  'now-playing',
  'small-player',
  'small-mood',
  'mood-picker',
  'notice',
  'elsewhere',
  'hidden-gap',
  'cookies',
  'offline',
  'day-sentence',
  'day-chart',
  'day-songs',
  'day-entries',
  'reading',
  'days-chart',
  'week-chart',
  'shares-chart',
  'entries-chart',
  'flow-chart',
  'weekdays-chart',
  'mood-chart',
  'song-ranks',
  'song-of',
  'statistics-empty',
  'import',
  'import-result',
  'import-problems',
  'toast',
  'goal-picker',
  'why',
  'step',
  'next-step',
  'radio-offer',
  'queue',
  'queue-said',
  'helps',
  'helps-sentence',
  'learned',
  'learned-from',
  'bans',
  'traffic',
  'genre-grid',
  'saved',
] as const;
