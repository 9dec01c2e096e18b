"""YouTube and YouTube Music as the tests' internet has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from urllib.parse import parse_qs, urlsplit

from tests.outside import Asked, Json, Outside, Reply

PAGE = 100
"""Songs on one page of a playlist."""


def video_id(number: int) -> str:
    return f"vid{number:08d}"


def serve_oembed(world: Outside, titles: Mapping[str, str | int]) -> None:
    """Videos by their ids: `Author - Title`, or the status of a refusal; others are gone."""

    def reply(asked: Asked) -> Reply:
        watch = urlsplit(asked.query["url"])
        told = titles.get(parse_qs(watch.query)["v"][0], 404)
        if isinstance(told, int):
            return Reply(b"Not Found", told, {"Content-Type": "text/plain"})
        author, _, title = told.partition(" - ")
        return Reply(
            {
                "title": title,
                "author_name": author,
                "author_url": "https://www.youtube.com/@someone",
                "type": "video",
                "height": 113,
                "width": 200,
                "version": "1.0",
                "provider_name": "YouTube",
                "provider_url": "https://www.youtube.com/",
                "html": "<iframe></iframe>",
            }
        )

    world.routes["/oembed"] = reply


def serve_music(
    world: Outside,
    playlists: Mapping[str, tuple[str, Sequence[Json]]],
    moods: Mapping[str, Sequence[str]] | None = None,
    albums: Mapping[str, tuple[str, str, Sequence[Json]]] | None = None,
) -> None:
    """Playlists by id: title and items; moods: what a mood's page is asked with -> playlists;
    albums by id: title, artist and items."""

    def reply(asked: Asked) -> Reply:
        body = asked.json
        if "continuation" in body:
            playlist, start = body["continuation"].split("@")
            items = page(playlist, playlists[playlist][1], int(start))
            action = {"appendContinuationItemsAction": {"continuationItems": items}}
            return Reply({"onResponseReceivedActions": [action]})
        if body["browseId"] == "FEmusic_moods_and_genres_category":
            listed = (moods or {})[body["params"]]
            return Reply(_mood([(each, playlists[each][0]) for each in listed]))
        if body["browseId"] in (albums or {}):
            return Reply(_album(*(albums or {})[body["browseId"]]))
        wanted = body["browseId"].removeprefix("VL")
        if wanted not in playlists:
            message = "Requested entity was not found."
            return Reply({"error": {"code": 404, "message": message}}, 404)
        title, songs = playlists[wanted]
        return Reply(_playlist(wanted, title, songs))

    world.routes["/youtubei/v1/browse"] = reply
    world.routes["/"] = lambda _: Reply(
        b'<script>ytcfg.set({"VISITOR_DATA": "visitor"});</script>',
        200,
        {"Content-Type": "text/html"},
    )


def song(
    number: int, title: str, artist: str | None = "Somebody", *, available: bool = True
) -> Json:
    """An item of a playlist; of an album, whose songs name no artist, with None."""
    watch = {"watchEndpoint": {"videoId": video_id(number)}}
    artist_page = {"browseEndpointContextMusicConfig": {"pageType": "MUSIC_PAGE_TYPE_ARTIST"}}
    to_artist = {
        "browseEndpoint": {
            "browseId": "UCxxxxxxxxxxxxxxxxxxxxxx",
            "browseEndpointContextSupportedConfigs": artist_page,
        }
    }
    play = {"musicPlayButtonRenderer": {"playNavigationEndpoint": watch} if available else {}}
    item = {
        "overlay": {"musicItemThumbnailOverlayRenderer": {"content": play}},
        "flexColumns": [
            _column({"text": title, "navigationEndpoint": watch}),
            _column({"text": artist, "navigationEndpoint": to_artist}) if artist else _EMPTY,
        ],
        "fixedColumns": [
            {"musicResponsiveListItemFixedColumnRenderer": {"text": {"runs": [{"text": "3:32"}]}}}
        ],
    }
    if not available:
        item["musicItemRendererDisplayPolicy"] = "MUSIC_ITEM_RENDERER_DISPLAY_POLICY_GREY_OUT"
    return {"musicResponsiveListItemRenderer": item}


def page(playlist: str, items: Sequence[Json], start: int) -> list[Json]:
    """So many items, and what asks for the next."""
    some = list(items[start : start + PAGE])
    if start + PAGE < len(items):
        token = {"continuationCommand": {"token": f"{playlist}@{start + PAGE}"}}
        some.append({"continuationItemRenderer": {"continuationEndpoint": token}})
    return some


_EMPTY: Json = {"musicResponsiveListItemFlexColumnRenderer": {"text": {}}}


def _column(run: Json) -> Json:
    return {"musicResponsiveListItemFlexColumnRenderer": {"text": {"runs": [run]}}}


def _playlist(playlist: str, title: str, items: Sequence[Json]) -> Json:
    header = {
        "title": {"runs": [{"text": title}]},
        "subtitle": {"runs": [{"text": "Playlist"}, {"text": " • "}, {"text": "2024"}]},
        "secondSubtitle": {"runs": [{"text": f"{len(items)} songs"}]},
    }
    shelf = {"musicPlaylistShelfRenderer": {"contents": page(playlist, items, 0)}}
    first = {"musicResponsiveHeaderRenderer": header}
    tab = {"tabRenderer": {"content": {"sectionListRenderer": {"contents": [first]}}}}
    columns = {
        "tabs": [tab],
        "secondaryContents": {"sectionListRenderer": {"contents": [shelf]}},
    }
    return {"contents": {"twoColumnBrowseResultsRenderer": columns}}


def _album(title: str, artist: str, items: Sequence[Json]) -> Json:
    header = {
        "title": {"runs": [{"text": title}]},
        "subtitle": {"runs": [{"text": "Album"}, {"text": " • "}, {"text": "2017"}]},
        "straplineTextOne": {"runs": [{"text": artist}]},
        "secondSubtitle": {
            "runs": [{"text": f"{len(items)} songs"}, {"text": " • "}, {"text": "41 minutes"}]
        },
        "buttons": [{"musicPlayButtonRenderer": {"playNavigationEndpoint": {}}}],
    }
    first = {"musicResponsiveHeaderRenderer": header}
    tab = {"tabRenderer": {"content": {"sectionListRenderer": {"contents": [first]}}}}
    for number, item in enumerate(items, start=1):
        of_album = item["musicResponsiveListItemRenderer"]
        of_album["index"] = {"runs": [{"text": str(number)}]}
        of_album["flexColumns"].append(_column({"text": "12M plays"}))
    shelf = {"musicShelfRenderer": {"contents": list(items)}}
    columns = {
        "tabs": [tab],
        "secondaryContents": {"sectionListRenderer": {"contents": [shelf]}},
    }
    return {"contents": {"twoColumnBrowseResultsRenderer": columns}}


def _mood(playlists: Sequence[tuple[str, str]]) -> Json:
    items = [
        {
            "musicTwoRowItemRenderer": {
                "title": {
                    "runs": [
                        {
                            "text": title,
                            "navigationEndpoint": {"browseEndpoint": {"browseId": f"VL{playlist}"}},
                        }
                    ]
                },
                "subtitle": {"runs": [{"text": "YouTube Music"}]},
            }
        }
        for playlist, title in playlists
    ]
    sections = [{"gridRenderer": {"items": items}}]
    tab = {"tabRenderer": {"content": {"sectionListRenderer": {"contents": sections}}}}
    return {"contents": {"singleColumnBrowseResultsRenderer": {"tabs": [tab]}}}
