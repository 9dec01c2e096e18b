import { describe, expect, it } from 'vitest';
import type { Status } from './listening';
import { Presence } from './presence';

/** A room with music in it, and a camera that looks once a second. */
class Room {
  status: Status = 'playing';
  done: string[] = [];
  wanted = true;
  timeS = 0;
  /** What happens while the sound goes down. */
  fade: () => Promise<void> = async () => undefined;
  #listener: (snapshot: { status: Status }) => void = () => undefined;
  readonly presence: Presence;

  constructor() {
    const status = () => this.status;
    this.presence = new Presence({
      music: {
        get snapshot() {
          return { status: status() };
        },
        subscribe: (listener) => {
          this.#listener = listener;
          return () => undefined;
        },
        pause: () => {
          this.done.push('pause');
          queueMicrotask(() => this.becomes('paused'));
        },
        resume: () => {
          this.done.push('resume');
          queueMicrotask(() => this.becomes('playing'));
        },
      },
      fade: async (down) => {
        this.done.push(down ? 'down' : 'up');
        if (down) await this.fade();
      },
      wanted: () => this.wanted,
      onChange: (away) => void this.done.push(away ? 'away' : 'back'),
    });
  }

  becomes(status: Status): void {
    this.status = status;
    this.#listener({ status });
  }

  async pass(seconds: number, there: boolean): Promise<void> {
    for (let look = 0; look < seconds; look += 1) {
      this.timeS += 1;
      this.presence.see(this.timeS, there);
      await new Promise((resolve) => setTimeout(resolve));
    }
  }

  /** What was done since the last time one asked. */
  get news(): string[] {
    return this.done.splice(0);
  }
}

async function emptyRoom(): Promise<Room> {
  const room = new Room();
  await room.pass(5, true);
  await room.pass(20, false);
  return room;
}

describe('when the user leaves', () => {
  it('a song that begins while the last one fades rests too', async () => {
    const room = new Room();
    room.fade = async () => room.becomes('choosing');
    await room.pass(5, true);
    await room.pass(20, false);
    room.fade = async () => undefined;
    room.becomes('playing');
    await room.pass(2, false);
    expect(room.news).toEqual(['away', 'down', 'up', 'down', 'pause']);
  });

  it('the music fades and rests after 20 s, and goes on when they are back', async () => {
    const room = new Room();
    await room.pass(5, true);
    await room.pass(19, false);
    expect(room.news).toEqual([]);
    await room.pass(1, false);
    expect(room.news).toEqual(['away', 'down', 'pause']);
    await room.pass(60, false);
    expect(room.news).toEqual([]);
    await room.pass(2, true);
    expect(room.news).toEqual(['back', 'resume', 'up']);
    expect(room.status).toBe('playing');
  });

  it('one look that takes something for a face brings nobody back', async () => {
    const room = await emptyRoom();
    room.done = [];
    await room.pass(1, true);
    await room.pass(5, false);
    expect(room.news).toEqual([]);
  });

  it('a time in which nobody could look counts for nothing', async () => {
    const room = new Room();
    await room.pass(5, true);
    room.timeS += 600;
    await room.pass(19, false);
    expect(room.news).toEqual([]);
    await room.pass(2, false);
    expect(room.news).toEqual(['away', 'down', 'pause']);
    await room.pass(1, true);
    room.timeS += 600;
    await room.pass(1, true);
    expect(room.news).toEqual([]);
    await room.pass(1, true);
    expect(room.news).toEqual(['back', 'resume', 'up']);
  });

  it('a pause of their own is not ended for them', async () => {
    const room = new Room();
    await room.pass(5, true);
    room.becomes('paused');
    await room.pass(30, false);
    await room.pass(5, true);
    expect(room.news).toEqual(['away', 'back']);
  });

  it('who presses play from afar hears it, as loud as before, and is left alone', async () => {
    const room = await emptyRoom();
    room.done = [];
    room.becomes('playing');
    await room.pass(60, false);
    expect(room.news).toEqual(['up']);
    await room.pass(3, true);
    expect(room.news).toEqual(['back']);
  });

  it('a song that was being chosen rests as soon as it plays', async () => {
    const room = new Room();
    await room.pass(5, true);
    room.status = 'starting';
    await room.pass(22, false);
    expect(room.news).toEqual(['away']);
    room.becomes('playing');
    await room.pass(1, false);
    expect(room.news).toEqual(['down', 'pause']);
  });

  it('a camera that never saw anyone pauses nothing', async () => {
    const room = new Room();
    await room.pass(100, false);
    expect(room.news).toEqual([]);
  });

  it('nothing rests where that is not wanted', async () => {
    const room = new Room();
    room.wanted = false;
    await room.pass(5, true);
    await room.pass(60, false);
    expect(room.news).toEqual(['away']);
  });

  it('with the camera off the pause stays, and what plays next is loud again', async () => {
    const room = await emptyRoom();
    room.done = [];
    room.presence.end();
    expect(room.news).toEqual(['up', 'back']);
    expect(room.status).toBe('paused');
  });
});
