"""The HTTP side of the sandbox: routes, faults put before and after acceptance, loopback names only."""

import asyncio
import ipaddress
import json
import time
from pathlib import Path
from urllib.parse import urlsplit

from aiohttp import web
from aiohttp.typedefs import Handler

from sandbox import answers, api
from sandbox.faults import Fault
from sandbox.page_socket import serve_page
from sandbox.socketmode import reset
from sandbox.wire import Json, SlackError, dumps
from sandbox.workspace import Workspace

SLACK = web.AppKey("SLACK", Workspace)
PAGE = (Path(__file__).parent / "page").resolve()
MAX_BODY = 20 * 1024 * 1024


def application(slack: Workspace) -> web.Application:
    """The application that serves one workspace."""
    app = web.Application(middlewares=[loopback_only], client_max_size=MAX_BODY)
    app[SLACK] = slack
    app.router.add_route("*", "/api/{method}", call_api)
    app.router.add_get("/link/{ticket}", slack.socket.serve)
    app.router.add_post("/respond/{id}", respond)
    app.router.add_post("/upload/{id}", upload)
    app.router.add_get("/ui", show_page)
    app.router.add_get("/{path:.*}", page_file)
    return app


def is_loopback(host: str) -> bool:
    """Whether a host name or address means this machine alone."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


@web.middleware
async def loopback_only(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Refuse names and origins that are not loopback: a page elsewhere must not reach in (DNS rebinding)."""
    host = urlsplit(f"//{request.headers.get('Host', '')}").hostname or ""
    origin = request.headers.get("Origin")
    if not is_loopback(host) or (origin is not None and not is_loopback(urlsplit(origin).hostname or "")):
        raise web.HTTPForbidden(text="loopback only")
    return await handler(request)


async def page_file(request: web.Request) -> web.StreamResponse:
    """A file of the page; nothing outside its folder."""
    found = (PAGE / (request.match_info["path"] or "index.html")).resolve()
    if not found.is_relative_to(PAGE) or not found.is_file():
        raise web.HTTPNotFound
    return web.FileResponse(found, headers={"Cache-Control": "no-store"})


async def show_page(request: web.Request) -> web.StreamResponse:
    """The page's web socket."""
    return await serve_page(request.app[SLACK], request)


async def call_api(request: web.Request) -> web.StreamResponse:
    """One Web API call, with the fault that waits for it."""
    slack, method = request.app[SLACK], request.match_info["method"]
    started = time.monotonic()
    args = await arguments(request)
    token = _token(request, args)
    slack.calls_in_flight += 1
    try:
        fault = slack.faults.take(method)
        if fault is not None:
            slack.bot_changed()
        answer = await _with_fault(slack, request, fault, method, token, args)
    finally:
        slack.calls_in_flight -= 1
    ms = (time.monotonic() - started) * 1000
    body = {"args": args, "answer": answer, "fault": fault.kind if fault else None}
    summary = answer.get("error", "") if fault is None else f"fault {fault.kind}"
    slack.traffic.note("bot→slack", method, body, summary=summary, ok=bool(answer.get("ok")) and fault is None, ms=ms)
    return _response(fault, answer)


async def arguments(request: web.Request) -> Json:
    """Arguments of a call: query, then form or JSON body.

    A body that is no JSON is left out; the method will miss what it needs.
    """
    args: Json = dict(request.query)
    if request.content_type == "application/json":
        try:
            body = json.loads(await request.read() or b"{}")
        except ValueError:
            return args
        return args | (body if isinstance(body, dict) else {})
    return args | dict(await request.post())


def _token(request: web.Request, args: Json) -> str:
    given = str(args.pop("token", "") or "")
    header = request.headers.get("Authorization", "")
    return header.removeprefix("Bearer ").strip() or given


async def _with_fault(
    slack: Workspace, request: web.Request, fault: Fault | None, method: str, token: str, args: Json
) -> Json:
    kind = fault.kind if fault else ""
    if kind in ("429", "500_before"):
        return {"ok": False, "error": "ratelimited" if kind == "429" else "internal_error"}
    if kind == "reset_before":
        reset(request)
        return {"ok": False, "error": "reset"}
    if kind == "hang":
        await _hang(request, slack.pace.hang)
        return {"ok": False, "error": "hang"}
    if fault is not None and kind == "slow":
        await asyncio.sleep(fault.seconds)
    answer = await accept(slack, method, token, args)
    if kind == "reset_after":
        reset(request)
    return answer


async def accept(slack: Workspace, method: str, token: str, args: Json) -> Json:
    """Do what a call asks and give its answer, refusals included."""
    try:
        return await api.run(slack, method, token, args)
    except SlackError as refused:
        return refused.answer()


async def _hang(request: web.Request, seconds: float) -> None:
    ends = time.monotonic() + seconds
    while time.monotonic() < ends and request.transport is not None:
        await asyncio.sleep(0.05)
    reset(request)


def _response(fault: Fault | None, answer: Json) -> web.Response:
    if fault is not None and fault.kind in ("500_before", "500_after"):
        return web.Response(status=500, text=dumps({"ok": False, "error": "internal_error"}))
    if answer.get("error") == "ratelimited":
        retry_after = str(max(1, round(fault.seconds))) if fault else "1"
        return _json(answer, status=429, headers={"Retry-After": retry_after})
    return _json(answer)


def _json(answer: Json, status: int = 200, headers: dict[str, str] | None = None) -> web.Response:
    return web.Response(text=dumps(answer), status=status, content_type="application/json", headers=headers)


async def respond(request: web.Request) -> web.StreamResponse:
    """A POST to a response_url: `ok`, or 404 with `used_url` or `expired_url`."""
    slack = request.app[SLACK]
    args = await arguments(request)
    try:
        answers.responded(slack, slack.response_urls.use(request.match_info["id"]), args)
        text, status = "ok", 200
    except SlackError as refused:
        text = refused.code
        status = 404 if refused.code in ("used_url", "expired_url") else 400
    slack.traffic.note("bot→slack", "response_url", {"args": args}, summary=text, ok=status == 200)
    return web.Response(text=text, status=status)


async def upload(request: web.Request) -> web.StreamResponse:
    """Step 2 of an upload: the bytes."""
    slack = request.app[SLACK]
    file = slack.files.get(request.match_info["id"])
    if file is None:
        raise web.HTTPNotFound
    content = await request.read()
    file |= {"content": content, "state": "uploaded", "size": len(content)}
    return web.Response(text=f"OK - {len(content)}")
