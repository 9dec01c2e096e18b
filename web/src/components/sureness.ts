/** Words for a calibrated probability. */
export function sureness(confidence: number): 'very' | 'fairly' | 'little' {
  if (confidence >= 0.8) return 'very';
  return confidence >= 0.55 ? 'fairly' : 'little';
}
