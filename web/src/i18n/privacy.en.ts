/** What is asked before anything is looked at or kept, and what leaves the device. */
export const privacyEn = {
  'consent.title': 'Before you start',
  'consent.notice':
    'Today Feeling estimates how an expression looks. It can be wrong, and says nothing of what you feel or of your health. Use it for yourself only, never on others.',
  'consent.camera': 'The camera may look',
  'consent.camera.hint':
    'Only while it is on, which is always shown. Pictures are read on this device and forgotten at once.',
  'consent.history': 'Keep my history',
  'consent.history.hint':
    'Expressions as numbers, and songs, are kept on this server: for your diary, for statistics, and to learn what you like. Without it neither is sent; only the next songs are noted, for a day at most.',
  'consent.traceless': 'Store nothing at all on the server',
  'consent.traceless.hint':
    'Songs are chosen from what this page says with each question. No session, no diary, no learning, no account; what is stored already stays until you delete it.',
  'traceless.likes':
    'These choices stay on this device. They are told with each question for songs, and not kept.',
  'traceless.title': 'Nothing is stored on the server',
  'traceless.hint':
    'As you wished. This page needs a place to keep things; the settings have the switch.',
  'consent.continue': 'Continue',
  'consent.later':
    'Without either, say how you feel, and a song plays. Settings change it any time.',
  'consent.settings': 'What is allowed',
  'consent.camera.off': 'The camera stays off',
  'consent.camera.off.hint': 'As you wished. It can be allowed in the settings.',
  'privacy.title': 'What leaves this device',
  'privacy.lead':
    'Everything that this page has asked for or sent since it was opened. You can check it against the network tools of your browser.',
  'privacy.sum': '{requests} requests to {hosts}, {bytes} of data in them. No picture in any.',
  'privacy.never': 'Never sent',
  'privacy.never.text':
    'Pictures and videos of the camera, where your face is, what it looks like, and any of its features. They are read in memory here and forgotten at once. The browser itself refuses to send anything to other hosts.',
  'privacy.kept': 'Sent to this server',
  'privacy.kept.text':
    'About every ten seconds six numbers: how likely each expression looked. And which songs played, what you pressed, and your own words. You find all of it in your diary, can export and delete it.',
  'privacy.traceless':
    'Where nothing at all is to be stored (settings), the server answers each question for a song and keeps nothing: no session, no cookie, no row. The genres you ticked go along with the question.',
  'privacy.cookie':
    'If you had a session here before, its cookie is still in this browser. No question for songs carries it, and no cover or song, as long as this page works offline too. Only the files of the page itself are asked for with it, because browsers leave no choice; the server does not look at it there. It goes when you log out or delete your data.',
  'privacy.youtube':
    'YouTube is asked only when a song of it plays, by its own player. What that player tells YouTube is beyond this page: it gets the address of this site, never a picture or an expression.',
  'privacy.own': 'this server',
  'privacy.requests': 'Every request',
  'privacy.what': 'What',
  'privacy.where': 'Where',
  'privacy.times': 'Times',
  'privacy.bytes': 'Bytes sent',
  'privacy.empty': 'Nothing yet.',
} as const;
