/** What follows from a face that is watched: music, a line in the diary, and quiet when nobody is there. */

import type { FrameReading, Label, Mood } from '../vision/types';
import type { Conductor } from './conductor';
import type { ObservationFolder } from './observations';

/** Those who are told of every look, and that there are no more: the camera is off. */
export interface Followers {
  music: Pick<Conductor, 'begin' | 'see'>;
  diary: Pick<ObservationFolder, 'push' | 'end'>;
  presence: { readonly away: boolean; see(timeS: number, there: boolean): void; end(): void };
  switching: { see(timeS: number, label: Label): void; end(): void };
}

/** Every look that counts, handed to all that act on it; a rehearsal never comes here. */
export class Following {
  #person: number | null = null;

  constructor(private readonly followers: Followers) {}

  /** Music is wanted from now on. */
  begin(): void {
    this.followers.music.begin();
  }

  see(reading: FrameReading, mood: Mood): void {
    const { music, presence, switching } = this.followers;
    const { timeS, faces } = reading;
    presence.see(timeS, faces.length > 0);
    switching.see(timeS, mood.label);
    music.see(mood.label, mood.confidence, mood.probabilities);
    this.#write(reading, mood.label);
  }

  /** The camera is off, and all that came from it is forgotten. */
  end(): void {
    const { music, diary, presence, switching } = this.followers;
    this.#person = null;
    diary.end();
    presence.end();
    switching.end();
    music.see('unsure', 0, null);
  }

  /** An empty chair is nothing to write down, and one line is never of two persons. */
  #write({ timeS, faces, person }: FrameReading, label: Label): void {
    const { diary, presence } = this.followers;
    if (presence.away || person !== this.#person) diary.end();
    this.#person = person;
    if (!presence.away) {
      diary.push({ timeS, label, probabilities: faces[0]?.probabilities ?? null });
    }
  }
}
