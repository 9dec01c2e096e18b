"""Every error as `application/problem+json` (RFC 9457); one table maps types to statuses."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any, Final, NamedTuple

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from today_feeling import errors
from today_feeling.web.methods import allowed

MEDIA_TYPE: Final = "application/problem+json"

_log = logging.getLogger(__name__)


class _Kind(NamedTuple):
    status: int
    code: str


ERRORS: Final[Mapping[type[errors.TodayFeelingError], _Kind]] = {
    errors.InvalidInput: _Kind(422, "invalid_input"),
    errors.InvalidFields: _Kind(422, "invalid_input"),
    errors.SessionRequired: _Kind(401, "session_required"),
    errors.OtherUser: _Kind(409, "other_user"),
    errors.WrongCredentials: _Kind(401, "wrong_credentials"),
    errors.ResetExpired: _Kind(410, "reset_expired"),
    errors.UndoExpired: _Kind(410, "undo_expired"),
    errors.TooManyRequests: _Kind(429, "too_many_requests"),
    errors.NotFound: _Kind(404, "not_found"),
    errors.Conflict: _Kind(409, "conflict"),
    errors.NothingToPlay: _Kind(409, "nothing_to_play"),
    errors.UnreadableMedia: _Kind(500, "internal_error"),
    errors.ModelDamaged: _Kind(500, "internal_error"),
    errors.CameraUnavailable: _Kind(500, "internal_error"),
    errors.MailNotSent: _Kind(500, "internal_error"),
    errors.SourceUnavailable: _Kind(502, "source_unavailable"),
    errors.StoreUnavailable: _Kind(503, "store_unavailable"),
}
"""Those with 500 never come from a request; the table still knows them all."""

_STATUS_CODES: Final[Mapping[int, str]] = {
    400: "bad_request",
    401: "session_required",
    404: "not_found",
    405: "method_not_allowed",
    413: "body_too_large",
    415: "unsupported_media_type",
    416: "range_not_satisfiable",
    422: "invalid_input",
}


def problem(
    status: int,
    code: str,
    detail: str,
    *,
    headers: Mapping[str, str] | None = None,
    **more: object,
) -> JSONResponse:
    """The response for a problem; `more` are further members of its body."""
    body = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": detail,
        "code": code,
        **more,
    }
    return JSONResponse(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def install(app: FastAPI) -> None:
    """Make every error that leaves a route a problem."""
    app.add_exception_handler(errors.TodayFeelingError, _ours)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)


class ProblemsOnly:
    """Turns every other error answer into a problem, and what nobody caught into a 500.

    Not a word about a crash's cause leaves; it goes to the log.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        started = False
        replaced = False

        async def send_problem(message: Message) -> None:
            nonlocal started, replaced
            if message["type"] == "http.response.start":
                started = True
                headers = Headers(raw=message["headers"])
                if message["status"] >= 400 and headers.get("content-type") != MEDIA_TYPE:
                    replaced = True
                    response = _bare(message["status"], headers)
                    await response(scope, receive, send)
            if not replaced:
                await send(message)

        try:
            await self._app(scope, receive, send_problem if scope["type"] == "http" else send)
        except Exception:
            if scope["type"] != "http" or started:
                raise
            _log.exception("%s %s failed", scope["method"], scope["path"])
            response = problem(500, "internal_error", "Something went wrong here. Try again.")
            await response(scope, receive, send)


def _bare(status: int, headers: Headers) -> JSONResponse:
    """The problem for an error answer that a library wrote."""
    kept = {name: headers[name] for name in ("allow", "content-range") if name in headers}
    code = _STATUS_CODES.get(status, "http_error")
    return problem(status, code, HTTPStatus(status).phrase, headers=kept)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    del request
    kind = ERRORS[type(error)]  # type: ignore[index]  # only errors of ours come here
    headers: dict[str, str] = {}
    more: dict[str, object] = {}
    detail = str(error)
    if isinstance(error, errors.TooManyRequests):
        headers["Retry-After"] = str(error.retry_after_s)
    if isinstance(error, errors.InvalidFields):
        more["errors"] = [
            {"field": f"body.{field}", "code": code, "message": message}
            for field, code, message in error.problems
        ]
    if isinstance(error, errors.NothingToPlay):
        more["cause"] = error.cause
    if isinstance(error, errors.StoreUnavailable):
        _log.error("%s", error)
        headers["Retry-After"] = "5"
        detail = "The data cannot be kept or read now. Nothing was written: try again soon."
    return problem(kind.status, kind.code, detail, headers=headers, **more)


async def _http(request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)  # noqa: S101 - registered for nothing else
    code = _STATUS_CODES.get(error.status_code, "http_error")
    headers = dict(error.headers or {})
    if error.status_code == 405 and (methods := allowed(request.app.openapi(), request.url.path)):
        headers["Allow"] = methods
    return problem(error.status_code, code, error.detail, headers=headers)


async def _invalid(request: Request, error: Exception) -> JSONResponse:
    del request
    assert isinstance(error, RequestValidationError)  # noqa: S101 - registered for nothing else
    found: list[dict[str, Any]] = [
        {
            "field": ".".join(str(part) for part in each["loc"]),
            "code": each["type"],
            "message": each["msg"],
        }
        for each in error.errors()
    ]
    detail = "; ".join(f"{each['field']}: {each['message']}" for each in found[:3])
    return problem(422, "invalid_input", detail, errors=found)
