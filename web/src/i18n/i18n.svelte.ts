import type { Settings } from '../state/settings.svelte';
import { en } from './en';
import { ko } from './ko';

export type MessageKey = keyof typeof en;
export type Messages = Record<MessageKey, string>;

/** Names in braces: "Hello {name}" needs `{ name }`. */
type Placeholders<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
  ? Name | Placeholders<Rest>
  : never;
type Values<Key extends MessageKey> = [Placeholders<(typeof en)[Key]>] extends [never]
  ? []
  : [values: Record<Placeholders<(typeof en)[Key]>, string | number>];

/** Keys whose text needs no values, for tables of keys. */
export type PlainKey = {
  [Key in MessageKey]: Values<Key> extends [] ? Key : never;
}[MessageKey];

const MESSAGES: Record<Settings['language'], Messages> = { en, ko };

/** Some systems have names that Intl does not take, like "en-US@posix". */
function isTag(language: string): boolean {
  try {
    return Intl.getCanonicalLocales(language).length > 0;
  } catch {
    return false;
  }
}

export class I18n {
  readonly #tags: readonly string[];

  /** `languages`: the browser's, which also tell the region ("en-US" writes 3:07 pm). */
  constructor(
    private readonly settings: Settings,
    languages: readonly string[] = [],
  ) {
    this.#tags = languages.filter(isTag);
  }

  get language() {
    return this.settings.language;
  }

  /** For Intl. */
  get locale(): string {
    const { language } = this.settings;
    return this.#tags.find((tag) => tag.split('-')[0] === language) ?? language;
  }

  /** The message in the current language; reactive. */
  t = <Key extends MessageKey>(key: Key, ...[values]: Values<Key>): string => {
    const text = MESSAGES[this.settings.language][key];
    if (!values) return text;
    return text.replace(/\{(\w+)\}/g, (_, name: string) =>
      String((values as Record<string, string | number>)[name]),
    );
  };
}
