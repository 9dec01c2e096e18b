import type { Emotion } from '../vision/types';

export const SITUATIONS = ['work', 'study', 'game', 'rest', 'exercise'] as const;
export type Situation = (typeof SITUATIONS)[number];

/**
 * The server knows no situations yet, so each asks for the music of a mood that goes with it: calm where one
 * thinks or rests, bright where one moves, excited where one plays. The genres are those that the user ticked
 * for that mood.
 */
export const MOOD_FOR: Readonly<Record<Situation, Emotion>> = {
  work: 'neutral',
  study: 'neutral',
  game: 'surprise',
  rest: 'neutral',
  exercise: 'happiness',
};
