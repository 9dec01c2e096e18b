import { describe, expect, it } from 'vitest';
import { HiddenLooks } from './hidden-looks.svelte';

const NOON = Date.UTC(2026, 10, 23, 12);
const at = (seconds: number) => NOON + seconds * 1000;

/** A tab with a camera, and a clock that is turned by hand. */
class Tab {
  nowS = 0;
  looking = true;
  visibilityState: DocumentVisibilityState = 'visible';
  readonly looks: HiddenLooks;
  #changed = (): void => undefined;

  constructor() {
    this.looks = new HiddenLooks(
      this as unknown as Document,
      () => this.looking,
      () => at(this.nowS),
    );
  }

  addEventListener(_: string, listener: () => void): void {
    this.#changed = listener;
  }

  become(visibilityState: DocumentVisibilityState): void {
    this.visibilityState = visibilityState;
    this.#changed();
  }

  /** Looks every so many seconds, until then. */
  look(everyS: number, untilS: number): void {
    while (this.nowS + everyS <= untilS) {
      this.nowS += everyS;
      this.looks.look();
    }
    this.nowS = untilS;
  }
}

describe('a tab that was hidden', () => {
  it('says nothing where looks went on', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.look(1, 3600);
    tab.become('visible');
    expect(tab.looks.told).toBeNull();
  });

  it('says from when to when no look was possible', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.look(1, 60);
    tab.nowS = 2000;
    tab.become('visible');
    expect(tab.looks.told).toEqual({ from: at(60), to: at(2000), looks: 0 });
    tab.look(1, 2100);
    expect(tab.looks.told).not.toBeNull();
    tab.looks.dismiss();
    expect(tab.looks.told).toBeNull();
  });

  it('says how few looks there were, as when a browser wakes it once a minute', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.look(1, 300);
    tab.look(60, 900);
    tab.nowS = 930;
    tab.become('visible');
    expect(tab.looks.told).toEqual({ from: at(300), to: at(930), looks: 10 });
  });

  it('names only the longest gap where looks went on besides', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.look(1, 60);
    tab.look(120, 180);
    tab.look(1, 3600);
    tab.look(8, 3608);
    tab.become('visible');
    expect(tab.looks.told).toEqual({ from: at(60), to: at(180), looks: 0 });
  });

  it('does not make much of a moment', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.nowS = 29;
    tab.become('visible');
    expect(tab.looks.told).toBeNull();
  });

  it('says nothing where the camera is off, or was switched off meanwhile', () => {
    const tab = new Tab();
    tab.looking = false;
    tab.become('hidden');
    tab.nowS = 600;
    tab.looking = true;
    tab.become('visible');
    expect(tab.looks.told).toBeNull();
    tab.become('hidden');
    tab.nowS = 1200;
    tab.looking = false;
    tab.become('visible');
    expect(tab.looks.told).toBeNull();
  });

  it('begins anew each time, and is no tab that is seen', () => {
    const tab = new Tab();
    tab.become('hidden');
    tab.nowS = 600;
    tab.become('visible');
    tab.nowS = 1200;
    tab.become('hidden');
    expect(tab.looks.told).toBeNull();
    tab.look(1, 1300);
    tab.become('visible');
    expect(tab.looks.told).toBeNull();
  });
});
