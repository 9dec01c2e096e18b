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
    'Expressions as numbers, and the songs you heard, are kept on this server: for your diary, for statistics, and to learn what you like. Without it, only the mood that a song is to fit is sent; the server notes it with the songs it chose, so that none comes again too soon.',
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
    'Without camera and history, say how you feel, and a song plays. Settings change all of this any time.',
  'consent.settings': 'What is allowed',
  'consent.camera.off': 'The camera stays off',
  'consent.camera.off.hint': 'As you wished. It can be allowed in the settings.',
  'privacy.title': 'What leaves this device',
  'privacy.lead':
    'Everything that this page has asked for or sent since its tab was opened. You can check it against the network tools of your browser.',
  'privacy.sum': 'Requests to {hosts}: {requests}, with {bytes} of addresses and contents.',
  'privacy.text': 'All contents were text; the longest had {longest}.',
  'privacy.files': 'Not all contents were text; the longest had {longest}.',
  'privacy.never': 'Never sent',
  'privacy.never.text':
    'Pictures and videos of the camera, where your face is, and your features. They are read in memory here and forgotten at once. The browser itself lets this page talk to this server and to YouTube only.',
  'privacy.kept': 'Sent to this server',
  'privacy.kept.text':
    'With your history kept: about every ten seconds six numbers, how likely each expression looked. With each question for songs the mood, its six numbers and how sure they were. Which songs played, for how long, and what you pressed. You find all of it in your diary, can export and delete it.',
  'privacy.unkept':
    'Without a history: with each question for songs only the mood, and whether you said it or the camera saw it; neither numbers, nor which songs played, nor what you pressed. The server notes the songs it chose and their mood, so that none comes again too soon. Songs that only waited are forgotten when you ask again after a day; the others go with your session or account, or when the time is over for which the diary is kept (settings).',
  'privacy.always':
    'In both cases each question also names your goal, your time zone, the songs that play, wait or were taken out, and sources that cannot be reached. And what you choose or write yourself is kept: genres and other settings, entries, songs you added, songs that are not to come.',
  'privacy.traceless':
    'Where nothing at all is to be stored (settings), each question for songs says all that the choice needs: the mood without numbers, your goal, genres, sources, languages and whether explicit songs may come; and of this visit the songs that were heard last (20 at most), did not play, play now, wait or were taken out. The server answers and keeps nothing of it: no session, no cookie, no row.',
  'privacy.cookie':
    'If you had a session here before, its cookie is still in this browser. No question for songs carries it, and no cover or song, as long as this page works offline too. Only the files of the page itself are asked for with it, because browsers leave no choice; the server does not look at it there. It goes when you log out or delete your data.',
  'privacy.youtube':
    'YouTube is asked only when a song of it plays, by its own player. To have it, this page must run a script of YouTube, which could do whatever this page can; we send it neither a picture nor an expression, but nobody can show what a script of another will never do. Whoever does not want that switches YouTube off under Genres: then nothing of it is loaded.',
  'privacy.own': 'this server',
  'privacy.requests': 'Every request',
  'privacy.uncounted':
    'Counted are addresses and contents. Not counted: headers and cookies, which the browser adds by itself; what the player of YouTube asks for in its own frame; and what the part of this app that works offline fetched before the browser last put it to sleep.',
  'privacy.what': 'What',
  'privacy.where': 'Where',
  'privacy.times': 'Times',
  'privacy.bytes': 'Bytes sent',
  'privacy.empty': 'Nothing yet.',
} as const;
