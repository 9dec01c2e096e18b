"""What a song sounds like: cues of its sound, and the rough mood that they speak for."""
