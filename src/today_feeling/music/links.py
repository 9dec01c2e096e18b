"""Links to YouTube and YouTube Music, and what each of them leads to."""

from __future__ import annotations

import re
from typing import Final, Literal, NamedTuple
from urllib.parse import parse_qs, urlsplit

from today_feeling.music.youtube import is_video_id

LinkKind = Literal["video", "playlist", "album", "mood"]

_HOSTS: Final = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "music.youtube.com", "youtu.be"}
    | {"www.youtube-nocookie.com", "youtube-nocookie.com"}
)
_PLAYLIST_ID: Final = re.compile(r"[A-Za-z0-9_-]{10,80}")
_ALBUM_ID: Final = re.compile(r"MPREb_[A-Za-z0-9_-]{5,40}")
_PARAMS: Final = re.compile(r"[A-Za-z0-9_%=-]{4,200}")
_OF_ONE_VIDEO: Final = ("embed", "shorts", "live", "v")


class Link(NamedTuple):
    """A thing at YouTube."""

    kind: LinkKind
    id: str
    """Of the video, playlist or album; of a mood, what its page is asked for with."""


def parse_link(text: str) -> Link | None:
    """What the link leads to; None where it is none that songs can be taken from.

    A bare id of a video is a link, too. A video that is opened inside of a playlist is the video.
    """
    text = text.strip()
    if is_video_id(text):
        return Link("video", text)
    try:
        url = urlsplit(text if "//" in text else f"https://{text}")
        host = url.hostname or ""
    except ValueError:
        return None
    if url.scheme not in {"http", "https"} or host.lower() not in _HOSTS:
        return None
    query = {name: values[0] for name, values in parse_qs(url.query).items()}
    parts = [part for part in url.path.split("/") if part]
    video = query.get("v") if parts == ["watch"] else None
    if host == "youtu.be" and parts:
        video = parts[0]
    elif len(parts) == 2 and parts[0] in _OF_ONE_VIDEO:
        video = parts[1]
    if video is not None:
        return Link("video", video) if is_video_id(video) else None
    return _of_many(parts, query)


def _of_many(parts: list[str], query: dict[str, str]) -> Link | None:
    listed = query.get("list", "")
    if parts in (["playlist"], ["watch"]) and _PLAYLIST_ID.fullmatch(listed):
        return Link("playlist", listed)
    page = parts[-1] if parts else ""
    if parts[:1] == ["browse"] and _ALBUM_ID.fullmatch(page):
        return Link("album", page)
    if parts[:1] == ["browse"] and page.startswith("VL") and _PLAYLIST_ID.fullmatch(page[2:]):
        return Link("playlist", page[2:])
    params = query.get("params", "")
    if "moods_and_genres" in page and _PARAMS.fullmatch(params):
        return Link("mood", params)
    return None
