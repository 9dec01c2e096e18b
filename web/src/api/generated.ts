// Made from docs/openapi.json by `make client`: do not edit.

export interface paths {
    "/api/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Health
         * @description The server runs; it says nothing about the database.
         */
        get: operations["health"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Begin Session
         * @description The user of this browser's session; a new guest where there is none.
         */
        post: operations["begin_session"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Account
         * @description Who the user is; a guest, too.
         */
        get: operations["get_account"];
        put?: never;
        /**
         * Sign Up
         * @description The guest becomes an account and keeps everything; the session gets a new token.
         */
        post: operations["sign_up"];
        /**
         * Delete Account
         * @description Everything of the user is deleted, at once; an account's password is needed.
         */
        delete: operations["delete_account"];
        options?: never;
        head?: never;
        /**
         * Change Account
         * @description Another name or address; the address needs the password. What is left out stays.
         */
        patch: operations["change_account"];
        trace?: never;
    };
    "/api/account/password": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Change Password
         * @description Another password; every other session ends.
         */
        put: operations["change_password"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Sessions
         * @description Every browser in which the user is logged in, the last seen first.
         */
        get: operations["list_sessions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/account/sessions/{session_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * End Session
         * @description That browser is logged out.
         */
        delete: operations["end_session"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/login": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log In
         * @description A session of the account; the browser's old one ends, and a guest's diary comes along
         *     where the body says so, or is deleted.
         */
        post: operations["log_in"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/logout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Log Out
         * @description This session ends, or every one of the user; where there is none it is done already.
         */
        post: operations["log_out"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/features": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Features
         * @description What this server is set up for.
         */
        get: operations["get_features"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/password-resets": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        /**
         * Reset Password
         * @description The link's token sets a new password, once; every session of the user ends.
         */
        put: operations["reset_password"];
        /**
         * Ask For Reset
         * @description A link goes out by mail if the id and the address belong together; the answer is always
         *     the same, and takes as long.
         */
        post: operations["ask_for_reset"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/preferences": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Preferences
         * @description Genres for each emotion, none meaning any; sources in order of preference; and more.
         */
        get: operations["get_preferences"];
        /**
         * Put Preferences
         * @description Replace them all; what the body leaves out is the default again.
         */
        put: operations["put_preferences"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change Preferences
         * @description Replace those that the body names; the others stay.
         */
        patch: operations["change_preferences"];
        trace?: never;
    };
    "/api/catalogue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Catalogue
         * @description How many tracks of each genre and of each source can be played.
         */
        get: operations["get_catalogue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/songs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Songs
         * @description The user's own songs, the newest first.
         */
        get: operations["get_songs"];
        put?: never;
        /**
         * Add Songs
         * @description Keep songs for this user alone; one that is there is renewed.
         */
        post: operations["add_songs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/songs/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Songs
         * @description The user's own songs as a table (CSV), as a preview takes it.
         */
        get: operations["export_songs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/songs/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Look At Songs
         * @description What a list would bring: links to songs, playlists, albums and moods, CSV, or a workbook.
         *
         *     Told in lines while it is read, and nothing is kept: whoever leaves ends it.
         */
        post: operations["look_at_songs"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/songs/{track_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove Song
         * @description Take one of the user's own songs out; the diary keeps its name.
         */
        delete: operations["remove_song"];
        options?: never;
        head?: never;
        /**
         * Change Song
         * @description Correct what is known of one of the user's own songs; the diary tells it so, too.
         */
        patch: operations["change_song"];
        trace?: never;
    };
    "/api/recommendations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Recommend
         * @description A song that fits the emotion, and why; 409 where nothing can be played.
         */
        post: operations["recommend"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan Queue
         * @description The next songs: what waits and still fits stays, the rest is chosen anew; 409 where nothing
         *     can be played.
         */
        post: operations["plan_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/private/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Plan Private Queue
         * @description The next songs, by what the question says alone; 409 where nothing can be played.
         */
        post: operations["plan_private_queue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/private/tracks/{track_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Private Cover
         * @description The picture of a song that is everybody's, where it has one.
         */
        get: operations["get_private_cover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/private/tracks/{track_id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Private Audio
         * @description The sound of a song that is everybody's; of files, `Range` is heeded.
         */
        get: operations["get_private_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bans": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List Bans
         * @description What holds now, the newest first.
         */
        get: operations["list_bans"];
        put?: never;
        /**
         * Ban
         * @description Ban the recommended song, its artist, or the song for a week; said again, the last word
         *     counts.
         */
        post: operations["ban"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/bans/{ban_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Remove Ban
         * @description Take it back, and what it taught.
         */
        delete: operations["remove_ban"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plays": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Start Play
         * @description A recommended song sounds now; the same recommendation again gives the same play.
         */
        post: operations["start_play"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/plays/{play_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Play
         * @description Delete it; for 10 minutes that can be undone.
         */
        delete: operations["delete_play"];
        options?: never;
        head?: never;
        /**
         * Change Play
         * @description What came of the play; what the body leaves out stays as it is.
         */
        patch: operations["change_play"];
        trace?: never;
    };
    "/api/taste": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Taste
         * @description How the songs of each genre were rated, what was learned from it, and what helped.
         */
        get: operations["get_taste"];
        put?: never;
        post?: never;
        /**
         * Forget Taste
         * @description Forget what was learned of the user; the diary stays, and learning begins anew.
         */
        delete: operations["forget_taste"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks/{track_id}/failures": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Report Failure
         * @description The track did not play here: this user is not offered it again.
         */
        post: operations["report_failure"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks/{track_id}/cover": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Cover
         * @description The picture of a song in the library or on a music server, where it has one.
         */
        get: operations["get_cover"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/tracks/{track_id}/audio": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Audio
         * @description The sound of a file, of a song on a music server or of a station, which is passed on; of the
         *     first two, `Range` is heeded.
         */
        get: operations["get_audio"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/observations": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Observations
         * @description Keep them, all or nothing; one whose id is there already is skipped.
         */
        post: operations["add_observations"];
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Correct Readings
         * @description What the readings of a span really were; null takes that back. For 10 minutes it can be
         *     undone.
         */
        patch: operations["correct_readings"];
        trace?: never;
    };
    "/api/observations/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete Readings
         * @description Delete the readings of a span, and nothing else; for 10 minutes that can be undone.
         */
        post: operations["delete_readings"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/observations/{observation_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Observation
         * @description Delete it; for 10 minutes that can be undone.
         */
        delete: operations["delete_observation"];
        options?: never;
        head?: never;
        /**
         * Correct Observation
         * @description What it really was; null takes that back.
         */
        patch: operations["correct_observation"];
        trace?: never;
    };
    "/api/entries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add Entry
         * @description Keep an emotion, a note, or both; the same id again gives the entry that is there.
         */
        post: operations["add_entry"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/entries/{entry_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Delete Entry
         * @description Delete it; for 10 minutes that can be undone.
         */
        delete: operations["delete_entry"];
        options?: never;
        head?: never;
        /**
         * Change Entry
         * @description Change what the body names; what it leaves out stays as it is.
         */
        patch: operations["change_entry"];
        trace?: never;
    };
    "/api/diary/{date}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Day
         * @description One day, from midnight to midnight in the given IANA time zone.
         */
        get: operations["get_day"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/diary/deletions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Delete Span
         * @description Delete everything that began in the span; for 10 minutes that can be undone.
         */
        post: operations["delete_span"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/undo/{deletion_id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Undo Deletion
         * @description Take back a deletion, or a correction of many, that is not 10 minutes old.
         */
        post: operations["undo_deletion"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Statistics
         * @description The days from `from` to `to`, both included, in the given IANA time zone.
         */
        get: operations["get_statistics"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/statistics/timeline": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Get Timeline
         * @description How the emotions flow: at most so many equal spans that cover [from, to).
         */
        get: operations["get_timeline"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/export": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Export Diary
         * @description One JSON document, or a zip of CSV tables; sent while it is read.
         */
        get: operations["export_diary"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api/import": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Import Diary
         * @description Our own export (JSON) or Daylio's (CSV, whose times are those of `timezone`).
         *
         *     At most 1 MB: send a longer file in pieces. What is there already is skipped; a row that
         *     cannot be read is named, and the others are kept.
         */
        post: operations["import_diary"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        AccountEnd: {
            password?: string | null;
        };
        AccountOut: {
            user: components["schemas"]["UserOut"];
            has_password: boolean;
            has_data: boolean;
        };
        AddedSongs: {
            added: number;
        };
        AfterOut: {
            /** @enum {string} */
            emotion: "anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise";
            valence_change: number;
        };
        BanIn: {
            /** @enum {string} */
            kind: "song" | "artist" | "rest";
            recommendation_id: number;
        };
        BanOut: {
            id: number;
            /** @enum {string} */
            kind: "song" | "artist" | "rest";
            track: components["schemas"]["TrackOut"] | null;
            artist: string | null;
            /** Format: date-time */
            banned_at: string;
            until: string | null;
        };
        Bucket: {
            seconds: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
                unsure?: number;
            };
        };
        CatalogueOut: {
            genres: components["schemas"]["GenreCount"][];
            sources: components["schemas"]["SourceCount"][];
        };
        Correction: {
            corrected: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
        };
        Counts: {
            observations: number;
            plays: number;
            entries: number;
        };
        DayMoodOut: {
            /** Format: date */
            date: string;
            seconds: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
                unsure?: number;
            };
            emotion: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            certainty: number;
            plays: number;
            entries: number;
        };
        DayOut: {
            /** Format: date */
            date: string;
            timezone: string;
            /** Format: date-time */
            starts_at: string;
            /** Format: date-time */
            ends_at: string;
            observations: components["schemas"]["ObservationOut"][];
            plays: components["schemas"]["PlayOut"][];
            entries: components["schemas"]["EntryOut"][];
            seconds: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
                unsure?: number;
            };
        };
        DeletionOut: {
            /** Format: uuid */
            undo: string;
        };
        /** @description What is left out stays as it is, and so does the time where it is null. */
        EntryChange: {
            at?: string | null;
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            valence?: number | null;
            note?: string | null;
        };
        EntryIn: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            valence?: number | null;
            note?: string | null;
        };
        EntryOut: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            at: string;
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            valence?: number | null;
            note?: string | null;
            /** Format: date-time */
            updated_at: string;
        };
        FailureIn: {
            /** @enum {string} */
            code: "2" | "5" | "100" | "101" | "150" | "153" | "unreadable";
        };
        FeaturesOut: {
            password_reset_by_mail: boolean;
        };
        GenreCount: {
            /** @enum {string} */
            id: "classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra";
            tracks: number;
        };
        GenresPerEmotion: {
            anger: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
            fear: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
            happiness: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
            neutral: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
            sadness: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
            surprise: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra")[];
        };
        HealthOut: {
            /**
             * @default ok
             * @constant
             */
            status?: "ok";
            version: string;
        };
        /** @description The last three are null where there are fewer plays than enough. */
        HelpedOut: {
            name: string;
            plays: number;
            change: number | null;
            low: number | null;
            high: number | null;
        };
        HelpfulSong: {
            track: components["schemas"]["TrackOut"];
            plays: number;
            mean_valence_change: number;
        };
        HelpsOut: {
            enough: number;
            genres: components["schemas"]["HelpedOut"][];
            artists: components["schemas"]["HelpedOut"][];
        };
        ImportOut: {
            added: components["schemas"]["Counts"];
            skipped: number;
            problems: components["schemas"]["RowProblem"][];
        };
        /** @description A song of an earlier answer, with the mood that it was chosen for. */
        KnownIn: {
            track_id: number;
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            /**
             * @default random
             * @enum {string}
             */
            origin?: "camera" | "manual" | "random";
            probabilities?: number[] | null;
            /**
             * @default match
             * @enum {string}
             */
            goal?: "match" | "lift" | "calm" | "focus";
            /** @default 0 */
            step?: number;
            /** @default false */
            placed?: boolean;
        };
        LeaningOut: {
            /** @enum {string} */
            feature: "genre" | "language" | "valence" | "energy" | "tempo" | "year";
            /** @example jazz */
            value: string | null;
            strength: number;
            sure: number;
        };
        /** @description Of the preferences, what a choice depends on. */
        LikesIn: {
            genres: components["schemas"]["GenresPerEmotion"];
            sources: ("library" | "subsonic" | "youtube" | "radio")[];
            /** @default false */
            explicit?: boolean;
            /** @default [] */
            languages?: string[];
        };
        LoginIn: {
            login_id: string;
            password: string;
            /** @default false */
            remember?: boolean;
            /** @default false */
            bring_guest_data?: boolean;
        };
        LoginOut: {
            user: components["schemas"]["UserOut"];
            /** @enum {string} */
            guest_data: "kept" | "none";
        };
        LogoutIn: {
            /** @default false */
            everywhere?: boolean;
        };
        MoodOut: {
            before: number | null;
            after: number | null;
            measured_plays: number;
        };
        /** @description `{}` */
        Nothing: Record<string, never>;
        ObservationIn: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            observed_at: string;
            duration_s: number;
            /** @enum {string} */
            emotion: "anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise" | "unsure";
            probabilities?: number[] | null;
            /** @default 0 */
            unsure_share?: number;
        };
        ObservationOut: {
            /** Format: uuid */
            id: string;
            /** Format: date-time */
            observed_at: string;
            duration_s: number;
            /** @enum {string} */
            emotion: "anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise" | "unsure";
            probabilities?: number[] | null;
            /** @default 0 */
            unsure_share?: number;
            corrected?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
        };
        ObservationsIn: {
            observations: components["schemas"]["ObservationIn"][];
        };
        OneSession: {
            id: number;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            last_seen_at: string;
            device: string | null;
            current: boolean;
        };
        OwnSongs: {
            songs: components["schemas"]["TrackOut"][];
        };
        PasswordIn: {
            current: string;
            /**
             * Format: password
             * @description None of the commonest, and without the id.
             * @example blue-tomato-sings
             */
            new: string;
        };
        /** @description What is left out stays as it is; a factory keeps the unused defaults out of the document. */
        PlayChange: {
            /** @enum {string} */
            outcome?: "finished" | "skipped" | "stopped" | "failed";
            seconds?: number;
            liked?: boolean | null;
        };
        PlayIn: {
            recommendation_id: number;
        };
        PlayOut: {
            id: number;
            recommendation_id: number;
            /** Format: date-time */
            started_at: string;
            track: components["schemas"]["TrackOut"];
            emotion: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            /** @enum {string} */
            origin: "camera" | "manual" | "random";
            confidence: number | null;
            probabilities: number[] | null;
            reason: components["schemas"]["ReasonOut"];
            outcome: ("finished" | "skipped" | "stopped" | "failed") | null;
            seconds: number | null;
            liked: boolean | null;
            after: components["schemas"]["AfterOut"] | null;
        };
        PlayedSong: {
            track: components["schemas"]["TrackOut"];
            plays: number;
        };
        PreferencesBody: {
            genres: components["schemas"]["GenresPerEmotion"];
            sources: ("library" | "subsonic" | "youtube" | "radio")[];
            /** @default false */
            explicit?: boolean;
            /** @default [] */
            languages?: string[];
            retention_days?: number | null;
            /**
             * @default system
             * @enum {string}
             */
            theme?: "system" | "light" | "dark";
            language?: ("ko" | "en") | null;
            timezone?: string | null;
        };
        /** @description What is left out stays as it is; factories keep the unused defaults out of the document. */
        PreferencesChange: {
            genres?: components["schemas"]["GenresPerEmotion"] | null;
            sources?: ("library" | "subsonic" | "youtube" | "radio")[];
            explicit?: boolean;
            languages?: string[];
            retention_days?: number | null;
            /** @enum {string} */
            theme?: "system" | "light" | "dark";
            language?: ("ko" | "en") | null;
            timezone?: string | null;
        };
        PrivateQueueIn: {
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            /** @enum {string} */
            origin: "camera" | "manual" | "random";
            confidence?: number | null;
            probabilities?: number[] | null;
            /** @default [] */
            unavailable_sources?: ("library" | "subsonic" | "youtube" | "radio")[];
            /**
             * @default match
             * @enum {string}
             */
            goal?: "match" | "lift" | "calm" | "focus";
            timezone?: string | null;
            likes: components["schemas"]["LikesIn"];
            /** @default [] */
            heard?: number[];
            /** @default [] */
            failed?: number[];
            /** @default [] */
            waiting?: components["schemas"]["KnownIn"][];
            /** @default [] */
            without?: number[];
            /** @default 5 */
            length?: number;
            playing?: components["schemas"]["KnownIn"] | null;
            /** @default false */
            fresh?: boolean;
            /** @default 0 */
            step?: number;
        };
        PrivateQueueOut: {
            songs: components["schemas"]["PrivateSongOut"][];
        };
        /** @description `id` is only a place in this answer; `ahead` songs are to come between the mood and it. */
        PrivateSongOut: {
            id: number;
            track: components["schemas"]["TrackOut"];
            reason: components["schemas"]["ReasonOut"];
            /** @enum {string} */
            goal: "match" | "lift" | "calm" | "focus";
            step: components["schemas"]["StepOut"] | null;
            ahead: number;
        };
        /** @description What is left out, or null, stays as it is. */
        ProfileChange: {
            name?: string | null;
            email?: string | null;
            password?: string | null;
        };
        QueueIn: {
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            /** @enum {string} */
            origin: "camera" | "manual" | "random";
            confidence?: number | null;
            probabilities?: number[] | null;
            /** @default [] */
            unavailable_sources?: ("library" | "subsonic" | "youtube" | "radio")[];
            /**
             * @default match
             * @enum {string}
             */
            goal?: "match" | "lift" | "calm" | "focus";
            timezone?: string | null;
            /** @default [] */
            waiting?: components["schemas"]["WaitingIn"][];
            /** @default [] */
            without?: number[];
            /** @default 5 */
            length?: number;
            playing?: number | null;
            /** @default false */
            fresh?: boolean;
            /** @default 0 */
            step?: number;
        };
        QueueOut: {
            songs: components["schemas"]["RecommendationOut"][];
        };
        RatedOut: {
            /** @enum {string} */
            genre: "classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra";
            liked: number;
            heard: number;
        };
        ReadingsCorrection: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            shown?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise" | "unsure") | null;
            corrected: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
        };
        ReadingsCorrectionOut: {
            /** Format: uuid */
            undo: string;
            corrected: number;
        };
        /**
         * @description Readings from (included) to (excluded), at most 48 hours; `shown`: only those that count as
         *     this, null being any.
         */
        ReadingsIn: {
            /** Format: date-time */
            from: string;
            /** Format: date-time */
            to: string;
            shown?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise" | "unsure") | null;
        };
        ReasonOut: {
            /** @enum {string} */
            code: "source_fallback" | "random" | "liked_genre" | "genre_for_emotion" | "learned" | "ticked_missing" | "any_genre";
            genre: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra") | null;
            emotion: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            instead_of: ("library" | "subsonic" | "youtube" | "radio") | null;
            liked: number | null;
            heard: number | null;
        };
        RecommendationIn: {
            emotion?: ("anger" | "fear" | "happiness" | "neutral" | "sadness" | "surprise") | null;
            /** @enum {string} */
            origin: "camera" | "manual" | "random";
            confidence?: number | null;
            probabilities?: number[] | null;
            /** @default [] */
            unavailable_sources?: ("library" | "subsonic" | "youtube" | "radio")[];
            /**
             * @default match
             * @enum {string}
             */
            goal?: "match" | "lift" | "calm" | "focus";
            timezone?: string | null;
        };
        RecommendationOut: {
            id: number;
            track: components["schemas"]["TrackOut"];
            reason: components["schemas"]["ReasonOut"];
            /** @enum {string} */
            goal: "match" | "lift" | "calm" | "focus";
            step: components["schemas"]["StepOut"] | null;
        };
        ResetIn: {
            token: string;
            /**
             * Format: password
             * @description None of the commonest, and without the id.
             * @example blue-tomato-sings
             */
            password: string;
        };
        ResetRequest: {
            login_id: string;
            email: string;
        };
        RowProblem: {
            row: number | string;
            message: string;
        };
        SessionOut: {
            user: components["schemas"]["UserOut"];
        };
        SignUpIn: {
            /**
             * @description Letters A-Z and digits; capitals do not count.
             * @example jisoo2026
             */
            login_id: string;
            /**
             * Format: password
             * @description None of the commonest, and without the id.
             * @example blue-tomato-sings
             */
            password: string;
            /**
             * @description In any script.
             * @example 김지수
             */
            name: string;
            /**
             * Format: email
             * @example jisoo@example.com
             */
            email: string;
        };
        /** @description What is left out stays as it is. */
        SongChange: {
            title?: string | null;
            artist?: string | null;
            genre?: ("classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra") | null;
            year?: number | null;
            language?: string | null;
            valence?: number | null;
            energy?: number | null;
            tempo?: number | null;
        };
        /** @description A song to keep. */
        SongIn: {
            youtube_video_id: string;
            title: string;
            /** @default null */
            artist?: string | null;
            /** @enum {string} */
            genre: "classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra";
        };
        /** @description A list of songs: text that was pasted or is in a file, or a whole file. */
        SongList: {
            /**
             * @default
             * @example Jazz.csv
             */
            name?: string;
            /**
             * @default
             * @example https://youtu.be/aB3dE6gH9jK
             */
            pasted?: string;
            /**
             * Format: base64
             * @default
             * @example UEsDBA==
             */
            file?: string;
        };
        SongsIn: {
            songs: components["schemas"]["SongIn"][];
        };
        SongsOut: {
            most_played: components["schemas"]["PlayedSong"][];
            most_helpful: components["schemas"]["HelpfulSong"][];
            song_of: components["schemas"]["TrackOut"] | null;
        };
        SourceCount: {
            /** @enum {string} */
            id: "library" | "subsonic" | "youtube" | "radio";
            tracks: number;
        };
        SpanDeletionOut: {
            /** Format: uuid */
            undo: string;
            deleted: components["schemas"]["Counts"];
        };
        /** @description From (included) and to (excluded); null is without end. */
        SpanIn: {
            from: string | null;
            to: string | null;
        };
        StatisticsOut: {
            /** Format: date */
            from: string;
            /** Format: date */
            to: string;
            timezone: string;
            seconds: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
                unsure?: number;
            };
            entries: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
            };
            days: components["schemas"]["DayMoodOut"][];
            weekdays: {
                anger?: number;
                fear?: number;
                happiness?: number;
                neutral?: number;
                sadness?: number;
                surprise?: number;
                unsure?: number;
            }[];
            songs: components["schemas"]["SongsOut"];
            mood: components["schemas"]["MoodOut"];
        };
        /** @description One song of the goal's path; the changes are -2..2, of the mood before the song. */
        StepOut: {
            number: number;
            of: number;
            valence_change: number;
            arousal_change: number;
        };
        TasteOut: {
            learned_from: number;
            genres: components["schemas"]["RatedOut"][];
            leanings: components["schemas"]["LeaningOut"][];
            helps: components["schemas"]["HelpsOut"];
        };
        TimelineOut: {
            /** Format: date-time */
            starts_at: string;
            bucket_s: number;
            buckets: components["schemas"]["Bucket"][];
        };
        TrackOut: {
            id: number;
            title: string;
            artist: string | null;
            /** @enum {string} */
            genre: "classic" | "jazz" | "pop" | "trot" | "idol" | "rock" | "ballad" | "game" | "hiphop" | "extra";
            year: number | null;
            language: string | null;
            duration_s: number | null;
            /** @enum {string} */
            source: "library" | "subsonic" | "youtube" | "radio";
            youtube_video_id: string | null;
            audio_url: string | null;
            cover_url: string | null;
        };
        UserOut: {
            id: number;
            guest: boolean;
            /** Format: date-time */
            created_at: string;
            login_id: string | null;
            name: string | null;
            email: string | null;
        };
        WaitingIn: {
            id: number;
            /** @default false */
            placed?: boolean;
        };
        /**
         * @description Last. `interrupted`: YouTube stopped answering. `full`: there may be more in the list than a
         *     user can have.
         */
        EndLine: {
            /**
             * @default end
             * @constant
             */
            kind?: "end";
            interrupted: boolean;
            full: boolean;
        };
        /** @description What is wrong with one value. */
        FieldProblem: {
            /** @example body.emotion */
            field: string;
            /** @example missing */
            code: string;
            message: string;
        };
        /** @description A line of the preview. */
        LookedLine: components["schemas"]["TotalLine"] | components["schemas"]["SongLine"] | components["schemas"]["ThereLine"] | components["schemas"]["SkippedLine"] | components["schemas"]["PageLine"] | components["schemas"]["WaitingLine"] | components["schemas"]["EndLine"];
        /** @description A page of a playlist is asked for. */
        PageLine: {
            /**
             * @default page
             * @constant
             */
            kind?: "page";
        };
        /** @description RFC 9457. */
        Problem: {
            type: string;
            title: string;
            status: number;
            detail: string;
            code: string;
            errors?: components["schemas"]["FieldProblem"][];
            /** @enum {string} */
            cause?: "no_tracks" | "sources_unavailable" | "all_failed" | "all_banned";
        };
        /** @description A row that is of no use, and what is wrong in it. */
        SkippedLine: {
            /**
             * @default skipped
             * @constant
             */
            kind?: "skipped";
            /** @enum {string} */
            code: "no_video" | "genre" | "value" | "twice" | "gone" | "refused" | "untitled" | "unavailable" | "list" | "too_many_lists";
            number: number | null;
            about: string;
        };
        /** @description A song that would come. `suggested`: the list does not name its genre. */
        SongLine: {
            /**
             * @default song
             * @constant
             */
            kind?: "song";
            song: components["schemas"]["SongIn"];
            suggested: boolean;
        };
        /** @description A song that the user has already. */
        ThereLine: {
            /**
             * @default there
             * @constant
             */
            kind?: "there";
        };
        /** @description First: how many rows there are; null where a playlist will tell. */
        TotalLine: {
            /**
             * @default total
             * @constant
             */
            kind?: "total";
            total: number | null;
        };
        /** @description YouTube wants to be asked later. */
        WaitingLine: {
            /**
             * @default waiting
             * @constant
             */
            kind?: "waiting";
            seconds: number;
        };
    };
    responses: {
        /** @description The request is none, or for another host */
        400: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description There is no session, or the password is wrong */
        401: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Another site caused the request */
        403: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The user has no such thing */
        404: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body does not come */
        408: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It does not fit the present state */
        409: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description It is too late */
        410: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is too long */
        413: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The body is of another type */
        415: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The file has no such part */
        416: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A value is wrong */
        422: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Too often: wait */
        429: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description A mistake of ours */
        500: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description The server behind this one does not answer */
        502: {
            headers: {
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
        /** @description Nothing can be kept or read now: try again */
        503: {
            headers: {
                /** @description Seconds to wait */
                "Retry-After"?: number;
                [name: string]: unknown;
            };
            content: {
                "application/problem+json": components["schemas"]["Problem"];
            };
        };
    };
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    health: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "status": "ok",
                     *       "version": "0.1.0"
                     *     }
                     */
                    "application/json": components["schemas"]["HealthOut"];
                };
            };
            400: components["responses"]["400"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    begin_session: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "guest": true,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "login_id": "jisoo2026",
                     *         "name": "김지수",
                     *         "email": "jisoo@example.com"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "guest": true,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "login_id": "jisoo2026",
                     *         "name": "김지수",
                     *         "email": "jisoo@example.com"
                     *       },
                     *       "has_password": true,
                     *       "has_data": true
                     *     }
                     */
                    "application/json": components["schemas"]["AccountOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    sign_up: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login_id": "jisoo2026",
                 *       "password": "blue-tomato-sings",
                 *       "name": "김지수",
                 *       "email": "jisoo@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["SignUpIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "guest": true,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "login_id": "jisoo2026",
                     *         "name": "김지수",
                     *         "email": "jisoo@example.com"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "password": "blue-tomato-sings"
                 *     }
                 */
                "application/json": components["schemas"]["AccountEnd"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_account: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "김지수",
                 *       "email": "jisoo@example.com",
                 *       "password": "blue-tomato-sings"
                 *     }
                 */
                "application/json": components["schemas"]["ProfileChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "guest": true,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "login_id": "jisoo2026",
                     *         "name": "김지수",
                     *         "email": "jisoo@example.com"
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SessionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "current": "blue-tomato-sings",
                 *       "new": "blue-tomato-sings"
                 *     }
                 */
                "application/json": components["schemas"]["PasswordIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    list_sessions: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": 1,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "last_seen_at": "2026-03-01T12:00:00Z",
                     *         "device": "Firefox, Linux",
                     *         "current": true
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["OneSession"][];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    end_session: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 10 */
                session_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    log_in: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login_id": "jisoo2026",
                 *       "password": "blue-tomato-sings",
                 *       "remember": false,
                 *       "bring_guest_data": false
                 *     }
                 */
                "application/json": components["schemas"]["LoginIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "user": {
                     *         "id": 1,
                     *         "guest": true,
                     *         "created_at": "2026-03-01T12:00:00Z",
                     *         "login_id": "jisoo2026",
                     *         "name": "김지수",
                     *         "email": "jisoo@example.com"
                     *       },
                     *       "guest_data": "kept"
                     *     }
                     */
                    "application/json": components["schemas"]["LoginOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    log_out: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                /**
                 * @example {
                 *       "everywhere": false
                 *     }
                 */
                "application/json": components["schemas"]["LogoutIn"] | null;
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_features: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "password_reset_by_mail": true
                     *     }
                     */
                    "application/json": components["schemas"]["FeaturesOut"];
                };
            };
            400: components["responses"]["400"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    reset_password: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "token": "q3vYd0nJ5kU0m2X8sC1fWbT7hE4gR6pL9aZ-iOuNxKc",
                 *       "password": "blue-tomato-sings"
                 *     }
                 */
                "application/json": components["schemas"]["ResetIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            410: components["responses"]["410"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    ask_for_reset: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "login_id": "jisoo2026",
                 *       "email": "jisoo@example.com"
                 *     }
                 */
                "application/json": components["schemas"]["ResetRequest"];
            };
        };
        responses: {
            /** @description Successful Response */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": components["schemas"]["Nothing"];
                };
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "genres": {
                     *         "anger": [
                     *           "classic"
                     *         ],
                     *         "fear": [
                     *           "classic"
                     *         ],
                     *         "happiness": [
                     *           "classic"
                     *         ],
                     *         "neutral": [
                     *           "classic"
                     *         ],
                     *         "sadness": [
                     *           "classic"
                     *         ],
                     *         "surprise": [
                     *           "classic"
                     *         ]
                     *       },
                     *       "sources": [
                     *         "library"
                     *       ],
                     *       "explicit": false,
                     *       "languages": [],
                     *       "retention_days": 10,
                     *       "theme": "system",
                     *       "language": "ko",
                     *       "timezone": "Asia/Seoul"
                     *     }
                     */
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    put_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "genres": {
                 *         "anger": [
                 *           "classic"
                 *         ],
                 *         "fear": [
                 *           "classic"
                 *         ],
                 *         "happiness": [
                 *           "classic"
                 *         ],
                 *         "neutral": [
                 *           "classic"
                 *         ],
                 *         "sadness": [
                 *           "classic"
                 *         ],
                 *         "surprise": [
                 *           "classic"
                 *         ]
                 *       },
                 *       "sources": [
                 *         "library"
                 *       ],
                 *       "explicit": false,
                 *       "languages": [],
                 *       "retention_days": 10,
                 *       "theme": "system",
                 *       "language": "ko",
                 *       "timezone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["PreferencesBody"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "genres": {
                     *         "anger": [
                     *           "classic"
                     *         ],
                     *         "fear": [
                     *           "classic"
                     *         ],
                     *         "happiness": [
                     *           "classic"
                     *         ],
                     *         "neutral": [
                     *           "classic"
                     *         ],
                     *         "sadness": [
                     *           "classic"
                     *         ],
                     *         "surprise": [
                     *           "classic"
                     *         ]
                     *       },
                     *       "sources": [
                     *         "library"
                     *       ],
                     *       "explicit": false,
                     *       "languages": [],
                     *       "retention_days": 10,
                     *       "theme": "system",
                     *       "language": "ko",
                     *       "timezone": "Asia/Seoul"
                     *     }
                     */
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_preferences: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "genres": {
                 *         "anger": [
                 *           "classic"
                 *         ],
                 *         "fear": [
                 *           "classic"
                 *         ],
                 *         "happiness": [
                 *           "classic"
                 *         ],
                 *         "neutral": [
                 *           "classic"
                 *         ],
                 *         "sadness": [
                 *           "classic"
                 *         ],
                 *         "surprise": [
                 *           "classic"
                 *         ]
                 *       },
                 *       "sources": [
                 *         "library"
                 *       ],
                 *       "explicit": true,
                 *       "languages": [
                 *         "ko",
                 *         "en"
                 *       ],
                 *       "retention_days": 10,
                 *       "theme": "system",
                 *       "language": "ko",
                 *       "timezone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["PreferencesChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "genres": {
                     *         "anger": [
                     *           "classic"
                     *         ],
                     *         "fear": [
                     *           "classic"
                     *         ],
                     *         "happiness": [
                     *           "classic"
                     *         ],
                     *         "neutral": [
                     *           "classic"
                     *         ],
                     *         "sadness": [
                     *           "classic"
                     *         ],
                     *         "surprise": [
                     *           "classic"
                     *         ]
                     *       },
                     *       "sources": [
                     *         "library"
                     *       ],
                     *       "explicit": false,
                     *       "languages": [],
                     *       "retention_days": 10,
                     *       "theme": "system",
                     *       "language": "ko",
                     *       "timezone": "Asia/Seoul"
                     *     }
                     */
                    "application/json": components["schemas"]["PreferencesBody"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_catalogue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "genres": [
                     *         {
                     *           "id": "classic",
                     *           "tracks": 1
                     *         }
                     *       ],
                     *       "sources": [
                     *         {
                     *           "id": "library",
                     *           "tracks": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["CatalogueOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_songs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "songs": [
                     *         {
                     *           "id": 1,
                     *           "title": "봄날의 노래",
                     *           "artist": "새벽 산책",
                     *           "genre": "classic",
                     *           "year": 2024,
                     *           "language": "ko",
                     *           "duration_s": 10,
                     *           "source": "library",
                     *           "youtube_video_id": "aB3dE6gH9jK",
                     *           "audio_url": "/api/tracks/7/audio",
                     *           "cover_url": "/api/tracks/7/cover"
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["OwnSongs"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    add_songs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "songs": [
                 *         {
                 *           "youtube_video_id": "aB3dE6gH9jK",
                 *           "title": "봄날의 노래",
                 *           "artist": "새벽 산책",
                 *           "genre": "classic"
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["SongsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": 1
                     *     }
                     */
                    "application/json": components["schemas"]["AddedSongs"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    export_songs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    look_at_songs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "name": "Jazz.csv",
                 *       "pasted": "https://youtu.be/aB3dE6gH9jK",
                 *       "file": "UEsDBA=="
                 *     }
                 */
                "application/json": components["schemas"]["SongList"];
            };
        };
        responses: {
            /** @description Lines of JSON, while the list is read */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/x-ndjson": components["schemas"]["LookedLine"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    remove_song: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_song: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "title": "봄날의 노래",
                 *       "artist": "새벽 산책",
                 *       "genre": "classic",
                 *       "year": 2024,
                 *       "language": "ko",
                 *       "valence": 0.5,
                 *       "energy": 0.5,
                 *       "tempo": 96
                 *     }
                 */
                "application/json": components["schemas"]["SongChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "title": "봄날의 노래",
                     *       "artist": "새벽 산책",
                     *       "genre": "classic",
                     *       "year": 2024,
                     *       "language": "ko",
                     *       "duration_s": 10,
                     *       "source": "library",
                     *       "youtube_video_id": "aB3dE6gH9jK",
                     *       "audio_url": "/api/tracks/7/audio",
                     *       "cover_url": "/api/tracks/7/cover"
                     *     }
                     */
                    "application/json": components["schemas"]["TrackOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    recommend: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emotion": "anger",
                 *       "origin": "camera",
                 *       "confidence": 0.5,
                 *       "probabilities": [
                 *         0.02,
                 *         0.01,
                 *         0.9,
                 *         0.05,
                 *         0.01,
                 *         0.01
                 *       ],
                 *       "unavailable_sources": [],
                 *       "goal": "match",
                 *       "timezone": "Asia/Seoul"
                 *     }
                 */
                "application/json": components["schemas"]["RecommendationIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "track": {
                     *         "id": 1,
                     *         "title": "봄날의 노래",
                     *         "artist": "새벽 산책",
                     *         "genre": "classic",
                     *         "year": 2024,
                     *         "language": "ko",
                     *         "duration_s": 10,
                     *         "source": "library",
                     *         "youtube_video_id": "aB3dE6gH9jK",
                     *         "audio_url": "/api/tracks/7/audio",
                     *         "cover_url": "/api/tracks/7/cover"
                     *       },
                     *       "reason": {
                     *         "code": "source_fallback",
                     *         "genre": "classic",
                     *         "emotion": "anger",
                     *         "instead_of": "library",
                     *         "liked": 1,
                     *         "heard": 1
                     *       },
                     *       "goal": "match",
                     *       "step": {
                     *         "number": 1,
                     *         "of": 1,
                     *         "valence_change": 1,
                     *         "arousal_change": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["RecommendationOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    plan_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emotion": "anger",
                 *       "origin": "camera",
                 *       "confidence": 0.5,
                 *       "probabilities": [
                 *         0.02,
                 *         0.01,
                 *         0.9,
                 *         0.05,
                 *         0.01,
                 *         0.01
                 *       ],
                 *       "unavailable_sources": [],
                 *       "goal": "match",
                 *       "timezone": "Asia/Seoul",
                 *       "waiting": [],
                 *       "without": [],
                 *       "length": 5,
                 *       "playing": 10,
                 *       "fresh": false,
                 *       "step": 0
                 *     }
                 */
                "application/json": components["schemas"]["QueueIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "songs": [
                     *         {
                     *           "id": 1,
                     *           "track": {
                     *             "id": 1,
                     *             "title": "봄날의 노래",
                     *             "artist": "새벽 산책",
                     *             "genre": "classic",
                     *             "year": 2024,
                     *             "language": "ko",
                     *             "duration_s": 10,
                     *             "source": "library",
                     *             "youtube_video_id": "aB3dE6gH9jK",
                     *             "audio_url": "/api/tracks/7/audio",
                     *             "cover_url": "/api/tracks/7/cover"
                     *           },
                     *           "reason": {
                     *             "code": "source_fallback",
                     *             "genre": "classic",
                     *             "emotion": "anger",
                     *             "instead_of": "library",
                     *             "liked": 1,
                     *             "heard": 1
                     *           },
                     *           "goal": "match",
                     *           "step": {
                     *             "number": 1,
                     *             "of": 1,
                     *             "valence_change": 1,
                     *             "arousal_change": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["QueueOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    plan_private_queue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "emotion": "anger",
                 *       "origin": "camera",
                 *       "confidence": 0.5,
                 *       "probabilities": [
                 *         0.02,
                 *         0.01,
                 *         0.9,
                 *         0.05,
                 *         0.01,
                 *         0.01
                 *       ],
                 *       "unavailable_sources": [],
                 *       "goal": "match",
                 *       "timezone": "Asia/Seoul",
                 *       "likes": {
                 *         "genres": {
                 *           "anger": [
                 *             "classic"
                 *           ],
                 *           "fear": [
                 *             "classic"
                 *           ],
                 *           "happiness": [
                 *             "classic"
                 *           ],
                 *           "neutral": [
                 *             "classic"
                 *           ],
                 *           "sadness": [
                 *             "classic"
                 *           ],
                 *           "surprise": [
                 *             "classic"
                 *           ]
                 *         },
                 *         "sources": [
                 *           "library"
                 *         ],
                 *         "explicit": false,
                 *         "languages": []
                 *       },
                 *       "heard": [],
                 *       "failed": [],
                 *       "waiting": [],
                 *       "without": [],
                 *       "length": 5,
                 *       "playing": {
                 *         "track_id": 7,
                 *         "emotion": "anger",
                 *         "origin": "random",
                 *         "probabilities": [
                 *           0.02,
                 *           0.01,
                 *           0.9,
                 *           0.05,
                 *           0.01,
                 *           0.01
                 *         ],
                 *         "goal": "match",
                 *         "step": 0,
                 *         "placed": false
                 *       },
                 *       "fresh": false,
                 *       "step": 0
                 *     }
                 */
                "application/json": components["schemas"]["PrivateQueueIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "songs": [
                     *         {
                     *           "id": 1,
                     *           "track": {
                     *             "id": 1,
                     *             "title": "봄날의 노래",
                     *             "artist": "새벽 산책",
                     *             "genre": "classic",
                     *             "year": 2024,
                     *             "language": "ko",
                     *             "duration_s": 10,
                     *             "source": "library",
                     *             "youtube_video_id": "aB3dE6gH9jK",
                     *             "audio_url": "/api/tracks/7/audio",
                     *             "cover_url": "/api/tracks/7/cover"
                     *           },
                     *           "reason": {
                     *             "code": "source_fallback",
                     *             "genre": "classic",
                     *             "emotion": "anger",
                     *             "instead_of": "library",
                     *             "liked": 1,
                     *             "heard": 1
                     *           },
                     *           "goal": "match",
                     *           "step": {
                     *             "number": 1,
                     *             "of": 1,
                     *             "valence_change": 1,
                     *             "arousal_change": 1
                     *           },
                     *           "ahead": 1
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["PrivateQueueOut"];
                };
            };
            400: components["responses"]["400"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_private_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": unknown;
                };
            };
            /** @description It has none. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            404: components["responses"]["404"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
        };
    };
    get_private_audio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            400: components["responses"]["400"];
            404: components["responses"]["404"];
            416: components["responses"]["416"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
        };
    };
    list_bans: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example [
                     *       {
                     *         "id": 1,
                     *         "kind": "song",
                     *         "track": {
                     *           "id": 1,
                     *           "title": "봄날의 노래",
                     *           "artist": "새벽 산책",
                     *           "genre": "classic",
                     *           "year": 2024,
                     *           "language": "ko",
                     *           "duration_s": 10,
                     *           "source": "library",
                     *           "youtube_video_id": "aB3dE6gH9jK",
                     *           "audio_url": "/api/tracks/7/audio",
                     *           "cover_url": "/api/tracks/7/cover"
                     *         },
                     *         "artist": "새벽 산책",
                     *         "banned_at": "2026-03-01T12:00:00Z",
                     *         "until": "2026-03-01T12:00:00Z"
                     *       }
                     *     ]
                     */
                    "application/json": components["schemas"]["BanOut"][];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    ban: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "kind": "song",
                 *       "recommendation_id": 10
                 *     }
                 */
                "application/json": components["schemas"]["BanIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "kind": "song",
                     *       "track": {
                     *         "id": 1,
                     *         "title": "봄날의 노래",
                     *         "artist": "새벽 산책",
                     *         "genre": "classic",
                     *         "year": 2024,
                     *         "language": "ko",
                     *         "duration_s": 10,
                     *         "source": "library",
                     *         "youtube_video_id": "aB3dE6gH9jK",
                     *         "audio_url": "/api/tracks/7/audio",
                     *         "cover_url": "/api/tracks/7/cover"
                     *       },
                     *       "artist": "새벽 산책",
                     *       "banned_at": "2026-03-01T12:00:00Z",
                     *       "until": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["BanOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    remove_ban: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 10 */
                ban_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    start_play: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "recommendation_id": 10
                 *     }
                 */
                "application/json": components["schemas"]["PlayIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "recommendation_id": 1,
                     *       "started_at": "2026-03-01T12:00:00Z",
                     *       "track": {
                     *         "id": 1,
                     *         "title": "봄날의 노래",
                     *         "artist": "새벽 산책",
                     *         "genre": "classic",
                     *         "year": 2024,
                     *         "language": "ko",
                     *         "duration_s": 10,
                     *         "source": "library",
                     *         "youtube_video_id": "aB3dE6gH9jK",
                     *         "audio_url": "/api/tracks/7/audio",
                     *         "cover_url": "/api/tracks/7/cover"
                     *       },
                     *       "emotion": "anger",
                     *       "origin": "camera",
                     *       "confidence": 1,
                     *       "probabilities": [
                     *         0.02,
                     *         0.01,
                     *         0.9,
                     *         0.05,
                     *         0.01,
                     *         0.01
                     *       ],
                     *       "reason": {
                     *         "code": "source_fallback",
                     *         "genre": "classic",
                     *         "emotion": "anger",
                     *         "instead_of": "library",
                     *         "liked": 1,
                     *         "heard": 1
                     *       },
                     *       "outcome": "finished",
                     *       "seconds": 1,
                     *       "liked": true,
                     *       "after": {
                     *         "emotion": "anger",
                     *         "valence_change": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PlayOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_play: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 10 */
                play_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_play: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 10 */
                play_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "outcome": "finished",
                 *       "seconds": 10,
                 *       "liked": true
                 *     }
                 */
                "application/json": components["schemas"]["PlayChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": 1,
                     *       "recommendation_id": 1,
                     *       "started_at": "2026-03-01T12:00:00Z",
                     *       "track": {
                     *         "id": 1,
                     *         "title": "봄날의 노래",
                     *         "artist": "새벽 산책",
                     *         "genre": "classic",
                     *         "year": 2024,
                     *         "language": "ko",
                     *         "duration_s": 10,
                     *         "source": "library",
                     *         "youtube_video_id": "aB3dE6gH9jK",
                     *         "audio_url": "/api/tracks/7/audio",
                     *         "cover_url": "/api/tracks/7/cover"
                     *       },
                     *       "emotion": "anger",
                     *       "origin": "camera",
                     *       "confidence": 1,
                     *       "probabilities": [
                     *         0.02,
                     *         0.01,
                     *         0.9,
                     *         0.05,
                     *         0.01,
                     *         0.01
                     *       ],
                     *       "reason": {
                     *         "code": "source_fallback",
                     *         "genre": "classic",
                     *         "emotion": "anger",
                     *         "instead_of": "library",
                     *         "liked": 1,
                     *         "heard": 1
                     *       },
                     *       "outcome": "finished",
                     *       "seconds": 1,
                     *       "liked": true,
                     *       "after": {
                     *         "emotion": "anger",
                     *         "valence_change": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["PlayOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_taste: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "learned_from": 1,
                     *       "genres": [
                     *         {
                     *           "genre": "classic",
                     *           "liked": 1,
                     *           "heard": 1
                     *         }
                     *       ],
                     *       "leanings": [
                     *         {
                     *           "feature": "genre",
                     *           "value": "jazz",
                     *           "strength": 1,
                     *           "sure": 1
                     *         }
                     *       ],
                     *       "helps": {
                     *         "enough": 1,
                     *         "genres": [
                     *           {
                     *             "name": "김지수",
                     *             "plays": 1,
                     *             "change": 1,
                     *             "low": 1,
                     *             "high": 1
                     *           }
                     *         ],
                     *         "artists": [
                     *           {
                     *             "name": "김지수",
                     *             "plays": 1,
                     *             "change": 1,
                     *             "low": 1,
                     *             "high": 1
                     *           }
                     *         ]
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["TasteOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    forget_taste: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    report_failure: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "code": "2"
                 *     }
                 */
                "application/json": components["schemas"]["FailureIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_cover: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/*": unknown;
                };
            };
            /** @description It has none. */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
        };
    };
    get_audio: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 7 */
                track_id: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The whole file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            /** @description The part that `Range` asked for */
            206: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "audio/*": string;
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            404: components["responses"]["404"];
            409: components["responses"]["409"];
            416: components["responses"]["416"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            502: components["responses"]["502"];
            503: components["responses"]["503"];
        };
    };
    add_observations: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "observations": [
                 *         {
                 *           "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                 *           "observed_at": "2026-03-01T12:00:00Z",
                 *           "duration_s": 10,
                 *           "emotion": "anger",
                 *           "probabilities": [
                 *             0.02,
                 *             0.01,
                 *             0.9,
                 *             0.05,
                 *             0.01,
                 *             0.01
                 *           ],
                 *           "unsure_share": 0
                 *         }
                 *       ]
                 *     }
                 */
                "application/json": components["schemas"]["ObservationsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    correct_readings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-03-01T12:00:00Z",
                 *       "to": "2026-03-01T12:00:00Z",
                 *       "shown": "anger",
                 *       "corrected": "anger"
                 *     }
                 */
                "application/json": components["schemas"]["ReadingsCorrection"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "corrected": 1
                     *     }
                     */
                    "application/json": components["schemas"]["ReadingsCorrectionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_readings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-03-01T12:00:00Z",
                 *       "to": "2026-03-01T12:00:00Z",
                 *       "shown": "anger"
                 *     }
                 */
                "application/json": components["schemas"]["ReadingsIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "deleted": {
                     *         "observations": 1,
                     *         "plays": 1,
                     *         "entries": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SpanDeletionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_observation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42 */
                observation_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    correct_observation: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42 */
                observation_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "corrected": "anger"
                 *     }
                 */
                "application/json": components["schemas"]["Correction"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "observed_at": "2026-03-01T12:00:00Z",
                     *       "duration_s": 10,
                     *       "emotion": "anger",
                     *       "probabilities": [
                     *         0.02,
                     *         0.01,
                     *         0.9,
                     *         0.05,
                     *         0.01,
                     *         0.01
                     *       ],
                     *       "unsure_share": 0,
                     *       "corrected": "anger"
                     *     }
                     */
                    "application/json": components["schemas"]["ObservationOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    add_entry: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                 *       "at": "2026-03-01T12:00:00Z",
                 *       "emotion": "anger",
                 *       "valence": 0,
                 *       "note": "비 오는 날, 창가에서."
                 *     }
                 */
                "application/json": components["schemas"]["EntryIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "at": "2026-03-01T12:00:00Z",
                     *       "emotion": "anger",
                     *       "valence": 0,
                     *       "note": "비 오는 날, 창가에서.",
                     *       "updated_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["EntryOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42 */
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42"
                     *     }
                     */
                    "application/json": components["schemas"]["DeletionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    change_entry: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42 */
                entry_id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "at": "2026-03-01T12:00:00Z",
                 *       "emotion": "anger",
                 *       "valence": 0,
                 *       "note": "비 오는 날, 창가에서."
                 *     }
                 */
                "application/json": components["schemas"]["EntryChange"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "at": "2026-03-01T12:00:00Z",
                     *       "emotion": "anger",
                     *       "valence": 0,
                     *       "note": "비 오는 날, 창가에서.",
                     *       "updated_at": "2026-03-01T12:00:00Z"
                     *     }
                     */
                    "application/json": components["schemas"]["EntryOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_day: {
        parameters: {
            query: {
                /** @example Asia/Seoul */
                timezone: string;
            };
            header?: never;
            path: {
                /** @example 2026-03-01 */
                date: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "date": "2026-03-01",
                     *       "timezone": "Asia/Seoul",
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "ends_at": "2026-03-01T12:00:00Z",
                     *       "observations": [
                     *         {
                     *           "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *           "observed_at": "2026-03-01T12:00:00Z",
                     *           "duration_s": 10,
                     *           "emotion": "anger",
                     *           "probabilities": [
                     *             0.02,
                     *             0.01,
                     *             0.9,
                     *             0.05,
                     *             0.01,
                     *             0.01
                     *           ],
                     *           "unsure_share": 0,
                     *           "corrected": "anger"
                     *         }
                     *       ],
                     *       "plays": [
                     *         {
                     *           "id": 1,
                     *           "recommendation_id": 1,
                     *           "started_at": "2026-03-01T12:00:00Z",
                     *           "track": {
                     *             "id": 1,
                     *             "title": "봄날의 노래",
                     *             "artist": "새벽 산책",
                     *             "genre": "classic",
                     *             "year": 2024,
                     *             "language": "ko",
                     *             "duration_s": 10,
                     *             "source": "library",
                     *             "youtube_video_id": "aB3dE6gH9jK",
                     *             "audio_url": "/api/tracks/7/audio",
                     *             "cover_url": "/api/tracks/7/cover"
                     *           },
                     *           "emotion": "anger",
                     *           "origin": "camera",
                     *           "confidence": 1,
                     *           "probabilities": [
                     *             0.02,
                     *             0.01,
                     *             0.9,
                     *             0.05,
                     *             0.01,
                     *             0.01
                     *           ],
                     *           "reason": {
                     *             "code": "source_fallback",
                     *             "genre": "classic",
                     *             "emotion": "anger",
                     *             "instead_of": "library",
                     *             "liked": 1,
                     *             "heard": 1
                     *           },
                     *           "outcome": "finished",
                     *           "seconds": 1,
                     *           "liked": true,
                     *           "after": {
                     *             "emotion": "anger",
                     *             "valence_change": 1
                     *           }
                     *         }
                     *       ],
                     *       "entries": [
                     *         {
                     *           "id": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *           "at": "2026-03-01T12:00:00Z",
                     *           "emotion": "anger",
                     *           "valence": 0,
                     *           "note": "비 오는 날, 창가에서.",
                     *           "updated_at": "2026-03-01T12:00:00Z"
                     *         }
                     *       ],
                     *       "seconds": {
                     *         "anger": 1,
                     *         "fear": 1,
                     *         "happiness": 1,
                     *         "neutral": 1,
                     *         "sadness": 1,
                     *         "surprise": 1,
                     *         "unsure": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["DayOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    delete_span: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "from": "2026-03-01T12:00:00Z",
                 *       "to": "2026-03-01T12:00:00Z"
                 *     }
                 */
                "application/json": components["schemas"]["SpanIn"];
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "undo": "3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42",
                     *       "deleted": {
                     *         "observations": 1,
                     *         "plays": 1,
                     *         "entries": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["SpanDeletionOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    undo_deletion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @example 3f0a6c1e-5b7d-4c8e-9a51-2f6f0e1d7c42 */
                deletion_id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            404: components["responses"]["404"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            410: components["responses"]["410"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_statistics: {
        parameters: {
            query: {
                /** @example 2026-03-01 */
                from: string;
                /** @example 2026-03-01 */
                to: string;
                /** @example Asia/Seoul */
                timezone: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "from": "2026-03-01",
                     *       "to": "2026-03-01",
                     *       "timezone": "Asia/Seoul",
                     *       "seconds": {
                     *         "anger": 1,
                     *         "fear": 1,
                     *         "happiness": 1,
                     *         "neutral": 1,
                     *         "sadness": 1,
                     *         "surprise": 1,
                     *         "unsure": 1
                     *       },
                     *       "entries": {
                     *         "anger": 1,
                     *         "fear": 1,
                     *         "happiness": 1,
                     *         "neutral": 1,
                     *         "sadness": 1,
                     *         "surprise": 1
                     *       },
                     *       "days": [
                     *         {
                     *           "date": "2026-03-01",
                     *           "seconds": {
                     *             "anger": 1,
                     *             "fear": 1,
                     *             "happiness": 1,
                     *             "neutral": 1,
                     *             "sadness": 1,
                     *             "surprise": 1,
                     *             "unsure": 1
                     *           },
                     *           "emotion": "anger",
                     *           "certainty": 1,
                     *           "plays": 1,
                     *           "entries": 1
                     *         }
                     *       ],
                     *       "weekdays": [
                     *         {
                     *           "anger": 1,
                     *           "fear": 1,
                     *           "happiness": 1,
                     *           "neutral": 1,
                     *           "sadness": 1,
                     *           "surprise": 1,
                     *           "unsure": 1
                     *         }
                     *       ],
                     *       "songs": {
                     *         "most_played": [
                     *           {
                     *             "track": {
                     *               "id": 1,
                     *               "title": "봄날의 노래",
                     *               "artist": "새벽 산책",
                     *               "genre": "classic",
                     *               "year": 2024,
                     *               "language": "ko",
                     *               "duration_s": 10,
                     *               "source": "library",
                     *               "youtube_video_id": "aB3dE6gH9jK",
                     *               "audio_url": "/api/tracks/7/audio",
                     *               "cover_url": "/api/tracks/7/cover"
                     *             },
                     *             "plays": 1
                     *           }
                     *         ],
                     *         "most_helpful": [
                     *           {
                     *             "track": {
                     *               "id": 1,
                     *               "title": "봄날의 노래",
                     *               "artist": "새벽 산책",
                     *               "genre": "classic",
                     *               "year": 2024,
                     *               "language": "ko",
                     *               "duration_s": 10,
                     *               "source": "library",
                     *               "youtube_video_id": "aB3dE6gH9jK",
                     *               "audio_url": "/api/tracks/7/audio",
                     *               "cover_url": "/api/tracks/7/cover"
                     *             },
                     *             "plays": 1,
                     *             "mean_valence_change": 1
                     *           }
                     *         ],
                     *         "song_of": {
                     *           "id": 1,
                     *           "title": "봄날의 노래",
                     *           "artist": "새벽 산책",
                     *           "genre": "classic",
                     *           "year": 2024,
                     *           "language": "ko",
                     *           "duration_s": 10,
                     *           "source": "library",
                     *           "youtube_video_id": "aB3dE6gH9jK",
                     *           "audio_url": "/api/tracks/7/audio",
                     *           "cover_url": "/api/tracks/7/cover"
                     *         }
                     *       },
                     *       "mood": {
                     *         "before": 1,
                     *         "after": 1,
                     *         "measured_plays": 1
                     *       }
                     *     }
                     */
                    "application/json": components["schemas"]["StatisticsOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    get_timeline: {
        parameters: {
            query: {
                /** @example 2026-03-01T12:00:00Z */
                from: string;
                /** @example 2026-03-01T12:00:00Z */
                to: string;
                /** @example 10 */
                buckets: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "starts_at": "2026-03-01T12:00:00Z",
                     *       "bucket_s": 1,
                     *       "buckets": [
                     *         {
                     *           "seconds": {
                     *             "anger": 1,
                     *             "fear": 1,
                     *             "happiness": 1,
                     *             "neutral": 1,
                     *             "sadness": 1,
                     *             "surprise": 1,
                     *             "unsure": 1
                     *           }
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["TimelineOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    export_diary: {
        parameters: {
            query?: {
                /** @example json */
                format?: "json" | "csv";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The file */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /** @example {} */
                    "application/json": Record<string, never>;
                    "application/zip": string;
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            409: components["responses"]["409"];
            422: components["responses"]["422"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
    import_diary: {
        parameters: {
            query: {
                /** @example Asia/Seoul */
                timezone: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /** @example {} */
                "application/json": Record<string, never>;
                "text/csv": string;
            };
        };
        responses: {
            /** @description Successful Response */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    /**
                     * @example {
                     *       "added": {
                     *         "observations": 1,
                     *         "plays": 1,
                     *         "entries": 1
                     *       },
                     *       "skipped": 1,
                     *       "problems": [
                     *         {
                     *           "row": 1,
                     *           "message": "This row has no date."
                     *         }
                     *       ]
                     *     }
                     */
                    "application/json": components["schemas"]["ImportOut"];
                };
            };
            400: components["responses"]["400"];
            401: components["responses"]["401"];
            403: components["responses"]["403"];
            408: components["responses"]["408"];
            409: components["responses"]["409"];
            413: components["responses"]["413"];
            415: components["responses"]["415"];
            422: components["responses"]["422"];
            429: components["responses"]["429"];
            500: components["responses"]["500"];
            503: components["responses"]["503"];
        };
    };
}
