/** Why this song, and what it is to do, in plain words. */
import type { Recommendation, Step, Wish } from '../api/types';
import type { I18n } from '../i18n/i18n.svelte';
import type { Emotion } from '../vision/types';

/** Changes of valence or arousal that are smaller are none. */
const NOTICEABLE = 0.04;

type Words = Pick<I18n, 't'>;

/** "Because you look sad. You liked 4 of 5 jazz songs in this mood." */
export function why(i18n: Words, wish: Wish | null, { reason }: Recommendation): string {
  const { t } = i18n;
  const chosen = choice(i18n, reason);
  if (reason.code === 'random' || !wish || !reason.emotion) return chosen;
  if (wish.situation) {
    return `${t('why.situation', { situation: t(`situation.${wish.situation}`) })} ${chosen}`;
  }
  return `${cause(i18n, wish, reason.emotion)} ${chosen}`;
}

function cause({ t }: Words, { origin, confidence }: Wish, emotion: Emotion): string {
  if (origin !== 'camera') return t('why.manual', { mood: t(`emotion.${emotion}`) });
  return confidence === null
    ? t('why.before', { mood: t(`emotion.${emotion}`) })
    : t('why.camera', { mood: t(`because.${emotion}`) });
}

/** What the server's reason says: a sentence for each code. */
export function choice({ t }: Words, reason: Recommendation['reason']): string {
  const { code, liked, heard } = reason;
  const genre = reason.genre ? t(`genre.${reason.genre}`) : null;
  switch (code) {
    case 'random':
      return t('why.random');
    case 'source_fallback': {
      const source = reason.instead_of ? t(`source.${reason.instead_of}`) : t('why.there');
      return genre ? t('why.fallback.genre', { source, genre }) : t('why.fallback', { source });
    }
    case 'liked_genre':
      return genre && liked != null && heard != null
        ? t('why.liked', { liked, heard, genre })
        : t('why.learned');
    case 'genre_for_emotion':
      return genre ? t('why.genre', { genre }) : t('why.any');
    case 'learned':
      return genre ? t('why.learned.genre', { genre }) : t('why.learned');
    case 'ticked_missing':
      return t('why.missing');
    case 'any_genre':
      return t('why.any');
  }
}

/** What a step does to the mood: "a little brighter and livelier". */
export function change({ t }: Words, { valence_change, arousal_change }: Step): string {
  const parts = [
    valence_change > NOTICEABLE && t('step.brighter'),
    valence_change < -NOTICEABLE && t('step.softer'),
    arousal_change > NOTICEABLE && t('step.livelier'),
    arousal_change < -NOTICEABLE && t('step.calmer'),
  ].filter((part) => part !== false);
  const [one, other] = parts;
  if (!one) return t('step.same');
  return other ? t('step.both', { one, other }) : t('step.one', { one });
}

/** Where on the way to its goal a song is; empty where there is no goal that leads anywhere. */
export function step(i18n: Words, { goal, step: at }: Recommendation): string {
  if (!at || goal === 'match') return '';
  const { t } = i18n;
  if (goal === 'focus') return t('step.focus');
  const named = { goal: t(`goal.${goal}`), number: at.number, of: at.of };
  return t('step.line', { ...named, change: change(i18n, at) });
}
