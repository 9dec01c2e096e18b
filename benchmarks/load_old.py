"""The same two endpoints as the old system had them: the rival of `benchmarks/load.py`.

Flask's development server, a connection and one query after the other for every request, the song
by `ORDER BY random()`. `python -m benchmarks.load_old DATABASE PORT`, a SQLite file that it fills.
"""

from __future__ import annotations

import sqlite3
import sys
from datetime import UTC, datetime

from flask import Flask, Response, jsonify, request

from today_feeling.domain.music import GENRES

SONGS = 330
"""As many as our own server starts with."""


def fill(path: str) -> None:
    """Make the tables of the old system, and its songs."""
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE music (id INTEGER PRIMARY KEY, title TEXT, genre TEXT, video TEXT);"
            "CREATE TABLE user_genre (user TEXT, emotion INTEGER, genre TEXT);"
            "CREATE TABLE history (user TEXT, at TEXT, emotion INTEGER, music INTEGER);"
            "CREATE TABLE emotion (user TEXT, at TEXT, emotion INTEGER);"
        )
        genres = list(GENRES)
        rows = [(f"song {n}", genres[n % len(genres)], f"video{n}") for n in range(SONGS)]
        database.executemany("INSERT INTO music (title, genre, video) VALUES (?, ?, ?)", rows)


def create(path: str) -> Flask:
    """The application."""
    app = Flask(__name__)

    @app.post("/emotion")
    def emotion() -> Response:
        body = request.get_json()
        database = sqlite3.connect(path, timeout=30)
        now = datetime.now(UTC).isoformat()
        row = (body["user"], now, body["emotion"])
        database.execute("INSERT INTO emotion VALUES (?, ?, ?)", row)
        database.commit()
        database.close()
        return jsonify(ok=True)

    @app.post("/recommend")
    def recommend() -> Response:
        body = request.get_json()
        database = sqlite3.connect(path, timeout=30)
        wish = (body["user"], body["emotion"])
        ticked = database.execute(
            "SELECT genre FROM user_genre WHERE user = ? AND emotion = ?", wish
        ).fetchall()
        query = "SELECT id, title, genre, video FROM music"
        if ticked:
            query += f" WHERE genre IN ({', '.join('?' * len(ticked))})"
        song = database.execute(
            f"{query} ORDER BY random() LIMIT 1", [genre for (genre,) in ticked]
        ).fetchone()
        now = datetime.now(UTC).isoformat()
        row = (body["user"], now, body["emotion"], song[0])
        database.execute("INSERT INTO history VALUES (?, ?, ?, ?)", row)
        database.commit()
        database.close()
        return jsonify(id=song[0], title=song[1], genre=song[2], video=song[3])

    return app


if __name__ == "__main__":
    fill(sys.argv[1])
    create(sys.argv[1]).run(port=int(sys.argv[2]), threaded=True)
