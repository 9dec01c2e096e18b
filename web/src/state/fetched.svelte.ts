/** What a page asks for: the answer to the newest question wins, and stays until the next one comes. */
export class Fetched<T> {
  value = $state.raw<T | null>(null);
  failed = $state(false);
  #newest = 0;

  async ask(question: () => Promise<T>): Promise<void> {
    const mine = (this.#newest += 1);
    try {
      const value = await question();
      if (mine !== this.#newest) return;
      this.value = value;
      this.failed = false;
    } catch {
      if (mine !== this.#newest) return;
      this.value = null;
      this.failed = true;
    }
  }
}
