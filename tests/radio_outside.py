"""A directory of stations and a music server as the tests' internet has them."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from uuid import UUID

from tests.outside import Asked, Json, Outside, Reply, Route

PASSWORD = "blue-tomato-sings"
SOUND = bytes(range(256)) * 64


def station(number: int, tag: str = "jazz", **other: Json) -> Json:
    """A station as Radio Browser tells of it."""
    return {
        "changeuuid": str(UUID(int=number + 1000)),
        "stationuuid": str(UUID(int=number)),
        "name": f"Radio {number}",
        "url": "http://stream.example/",
        "url_resolved": f"https://stream.example/{number}",
        "homepage": "",
        "favicon": "",
        "tags": f"{tag},music",
        "countrycode": "KR",
        "languagecodes": "ko",
        "votes": 100 - number,
        "codec": "MP3",
        "bitrate": 128,
        "hls": 0,
        "lastcheckok": 1,
        **other,
    }


def serve_radio(world: Outside, stations: Mapping[str, Sequence[Json]]) -> None:
    """Stations by tag."""
    world.routes["/json/servers"] = lambda _: Reply([{"ip": "127.0.0.1", "name": "localhost"}])
    world.routes["/json/stations/search"] = lambda asked: Reply(
        list(stations.get(asked.query["tag"], ()))[: int(asked.query["limit"])]
    )
    world.routes["/json/url/"] = lambda _: Reply({"ok": True})


def child(number: int, **other: Json) -> Json:
    """A song as a music server tells of it."""
    return {
        "id": f"song-{number}",
        "isDir": False,
        "title": f"Song {number}",
        "artist": "Somebody",
        "album": "Album",
        "year": 2001,
        "duration": 200,
        "genre": "Jazz",
        "coverArt": f"al-{number}",
        "contentType": "audio/mpeg",
        "suffix": "mp3",
        "isVideo": False,
        "type": "music",
        **other,
    }


def serve_subsonic(world: Outside, genres: Mapping[str, Sequence[Json]]) -> None:
    """Songs by genre; lets in `me` with `PASSWORD`."""

    def ok(**more: Json) -> Reply:
        told = {"status": "ok", "version": "1.16.1", "type": "navidrome", "openSubsonic": True}
        return Reply({"subsonic-response": {**told, **more}})

    def failed(code: int, message: str) -> Reply:
        error = {"code": code, "message": message}
        return Reply({"subsonic-response": {"status": "failed", "error": error}})

    def reply(asked: Asked) -> Reply:
        query = asked.query
        token = hashlib.md5(f"{PASSWORD}{query.get('s')}".encode()).hexdigest()  # noqa: S324
        if (query.get("u"), query.get("t")) != ("me", token) and query.get("apiKey") != "key":
            return failed(40, "Wrong username or password")
        return methods[asked.path.removeprefix("/rest/")](asked)

    def list_genres(_: Asked) -> Reply:
        counted = [
            {"value": genre, "songCount": len(songs), "albumCount": 1}
            for genre, songs in genres.items()
        ]
        return ok(genres={"genre": counted})

    def of_genre(asked: Asked) -> Reply:
        start = int(asked.query["offset"])
        songs = genres[asked.query["genre"]][start : start + int(asked.query["count"])]
        return ok(songsByGenre={"song": songs} if songs else {})

    methods: dict[str, Route] = {
        "ping": lambda _: ok(),
        "scrobble": lambda _: ok(),
        "getGenres": list_genres,
        "getSongsByGenre": of_genre,
        "getCoverArt": lambda _: Reply(b"\xff\xd8\xff cover", 200, {"Content-Type": "image/jpeg"}),
        "stream": sound,
    }
    world.routes["/rest/"] = reply


def sound(asked: Asked) -> Reply:
    """Bytes, or the part that is asked for."""
    wanted = asked.headers.get("range")
    if wanted is None:
        return Reply(SOUND, 200, {"Content-Type": "audio/mpeg", "Accept-Ranges": "bytes"})
    first, _, last = wanted.removeprefix("bytes=").partition("-")
    start, end = int(first), int(last or len(SOUND) - 1)
    headers = {
        "Content-Type": "audio/mpeg",
        "Content-Range": f"bytes {start}-{end}/{len(SOUND)}",
    }
    return Reply(SOUND[start : end + 1], 206, headers)
