import type { DiaryApi, ImportProblem, ImportResult } from '../api/diary';
import { ApiError } from '../api/errors';
import { NotOurs, piecesOf } from './import-pieces';

export type ImportState = 'idle' | 'working' | 'done' | 'notOurs' | 'refused' | 'interrupted';

const NOTHING: ImportResult = {
  added: { observations: 0, plays: 0, entries: 0 },
  skipped: 0,
  problems: [],
};

/** Takes a file over, piece by piece. Each piece may be sent again: what is there is skipped. */
export class Importer {
  state = $state<ImportState>('idle');
  /** 0..1 */
  progress = $state(0);
  result = $state.raw<ImportResult>(NOTHING);

  constructor(
    private readonly api: Pick<DiaryApi, 'importPiece'>,
    private readonly zone: () => string,
  ) {}

  /** `choices`: an export's preferences and name, too. */
  async take(file: Pick<File, 'text'>, choices = false): Promise<void> {
    this.state = 'working';
    this.progress = 0;
    this.result = NOTHING;
    try {
      const pieces = piecesOf(await file.text(), { choices });
      for (const [i, { contentType, text, place }] of pieces.entries()) {
        const said = await this.api.importPiece(contentType, text, this.zone());
        this.#add(said, place);
        this.progress = (i + 1) / pieces.length;
      }
      this.state = 'done';
    } catch (error) {
      if (error instanceof NotOurs) this.state = 'notOurs';
      else if (error instanceof ApiError && error.status === 422) this.state = 'refused';
      else this.state = 'interrupted';
    }
  }

  #add(said: ImportResult, place: (row: number | string) => number | string): void {
    const { added, skipped, problems } = this.result;
    const placed = problems.concat(
      said.problems.map(({ row, message }): ImportProblem => ({ row: place(row), message })),
    );
    this.result = {
      added: {
        observations: added.observations + said.added.observations,
        plays: added.plays + said.added.plays,
        entries: added.entries + said.added.entries,
      },
      skipped: skipped + said.skipped,
      problems: placed,
    };
  }
}
