"""The Web API: one table of methods, and what comes before each of them: token and scope."""

import inspect

from sandbox.api import agents, chat, conversations, files, people, views
from sandbox.api.calls import Call, Method, decoded
from sandbox.wire import Json, SlackError
from sandbox.workspace import APP_TOKEN, BOT_TOKEN, Workspace

METHODS: dict[str, Method] = {
    **agents.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **people.METHODS,
    **views.METHODS,
}


async def run(slack: Workspace, method: str, token: str, args: Json) -> Json:
    """Answer one call.

    Raises:
        SlackError: with the code Slack would send.
    """
    known = METHODS.get(method)
    if known is None:
        raise SlackError("unknown_method")
    _check_token(known, token)
    call = Call(slack, method, decoded(args))
    call.need_scope(*known.scopes)
    answer = known.run(call)
    return await answer if inspect.isawaitable(answer) else answer


def _check_token(method: Method, token: str) -> None:
    if method.caller == "anyone":
        return
    if not token:
        raise SlackError("not_authed")
    if token not in (BOT_TOKEN, APP_TOKEN):
        raise SlackError("invalid_auth")
    if token != (APP_TOKEN if method.caller == "app" else BOT_TOKEN):
        raise SlackError("not_allowed_token_type")
