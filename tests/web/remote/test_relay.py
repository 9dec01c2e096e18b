"""Sound that is passed on takes a place, and there are only so many."""

from __future__ import annotations

import anyio
import pytest
from anyio import to_thread
from starlette.responses import Response
from starlette.testclient import TestClient
from starlette.types import Message

from tests.conftest import FakeClock
from tests.outside import Outside
from tests.radio_outside import sound
from tests.web.remote.test_radio import radio_url
from today_feeling.errors import TooManyRequests
from today_feeling.services import remote
from today_feeling.store.database import Database
from today_feeling.web.relay import AT_ONCE, OF_ONE, Relay


async def leave(response: Response) -> None:
    """The page that asked has gone before the first byte."""

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        del message

    await response({"type": "http", "asgi": {"spec_version": "2.3"}}, receive, send)


def test_whoever_goes_away_holds_no_place_and_nobody_takes_all(
    internet: Outside, relay: Relay
) -> None:
    internet.routes["/live"] = sound
    live = remote.Stream("radio", f"{internet.url}/live", {})

    async def listen() -> None:
        for _ in range(2 * AT_ONCE):
            await leave(await relay.send(live, None, listener=1))
        waiting = [await relay.send(live, None, listener=1) for _ in range(OF_ONE)]
        with pytest.raises(TooManyRequests):
            await relay.send(live, None, listener=1)
        others = range(2, 2 + AT_ONCE - OF_ONE)
        waiting += [await relay.send(live, None, listener=each) for each in others]
        with pytest.raises(TooManyRequests):
            await relay.send(live, None, listener=99)
        for each in waiting:
            await leave(each)

    anyio.run(listen)


def test_private_listeners_of_one_network_leave_places_to_others(
    internet: Outside, store: Database, guest: TestClient, clock: FakeClock, relay: Relay
) -> None:
    url = radio_url(internet, store, guest, clock).replace("/api/", "/api/private/")
    internet.routes["/live"] = sound
    live = remote.Stream("radio", f"{internet.url}/live", {})

    def answered(network: str) -> int:
        client = TestClient(guest.app, base_url="http://localhost", client=(network, 50000))
        return client.get(url).status_code

    async def listen() -> None:
        waiting = [await relay.send(live, None, listener="192.0.2.1") for _ in range(OF_ONE)]
        assert await to_thread.run_sync(answered, "192.0.2.1") == 429
        assert await to_thread.run_sync(answered, "192.0.2.2") == 200
        for each in waiting:
            await leave(each)

    anyio.run(listen)
