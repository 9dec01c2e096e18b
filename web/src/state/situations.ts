import type { Goal } from '../api/types';
import type { Emotion } from '../vision/types';

export const SITUATIONS = ['work', 'study', 'game', 'rest', 'exercise'] as const;
export type Situation = (typeof SITUATIONS)[number];

/**
 * What each situation asks for: the goal that serves it, and where nobody sees or tells the mood, the mood whose
 * ticked genres go with it: calm where one thinks or rests, bright where one moves, excited where one plays.
 */
export const WISH_FOR: Readonly<Record<Situation, { goal: Goal; emotion: Emotion }>> = {
  work: { goal: 'focus', emotion: 'neutral' },
  study: { goal: 'focus', emotion: 'neutral' },
  game: { goal: 'match', emotion: 'surprise' },
  rest: { goal: 'calm', emotion: 'neutral' },
  exercise: { goal: 'lift', emotion: 'happiness' },
};
