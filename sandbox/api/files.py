"""`files.*` v2: an upload in three steps, then a message that shares it."""

from sandbox import hearing, posting
from sandbox.api.calls import Call, Method
from sandbox.people import BOT_USER_ID
from sandbox.wire import Json, SlackError


def get_upload_url(call: Call) -> Json:
    """Step 1: where to send the bytes."""
    name, size = call.required("filename"), call.number("length", 0, 1_000_000_000)
    file_id = call.slack.ids.new("F")
    shown: Json = {"id": file_id, "name": name, "title": name, "size": size, "user": BOT_USER_ID, "state": "pending"}
    call.slack.files[file_id] = shown | {"shares": {}, "content": b""}
    return {"ok": True, "upload_url": f"{call.slack.base_url}/upload/{file_id}", "file_id": file_id}


def complete_upload(call: Call) -> Json:
    """Step 3: name the files and share them in a channel; the message appears a moment later."""
    given = call.args.get("files")
    if not isinstance(given, list) or not given:
        raise SlackError("invalid_arguments", "[ERROR] missing required field: files")
    found = [_uploaded(call, one) for one in given]
    channel_id = call.text("channel_id") or call.text("channels")
    if channel_id:
        channel = call.channel("channel_id")
        content = {"text": call.text("initial_comment"), "files": [shown(one) for one in found]}
        message = posting.bot_message(call.slack, content | {"thread_ts": call.text("thread_ts")})
        message["subtype"] = "file_share"
        hearing.tell(call.slack, *posting.post(call.slack, channel, message))
    return {"ok": True, "files": [{"id": one["id"], "title": one["title"]} for one in found]}


def info(call: Call) -> Json:
    """What is known of a file."""
    return {"ok": True, "file": shown(_known(call, call.required("file")))}


def delete(call: Call) -> Json:
    """Delete a file."""
    del call.slack.files[_known(call, call.required("file"))["id"]]
    return {"ok": True}


def shown(file: Json) -> Json:
    """A file object without its bytes."""
    return {key: value for key, value in file.items() if key != "content"}


def _known(call: Call, file_id: str) -> Json:
    if file_id not in call.slack.files:
        raise SlackError("file_not_found")
    return call.slack.files[file_id]


def _uploaded(call: Call, given: Json) -> Json:
    file = _known(call, str(given.get("id")))
    if file["state"] != "uploaded":
        raise SlackError("file_not_found")
    file["title"] = given.get("title") or file["name"]
    return file


METHODS = {
    "files.getUploadURLExternal": Method(run=get_upload_url, scopes=("files:write",)),
    "files.completeUploadExternal": Method(run=complete_upload, scopes=("files:write",)),
    "files.info": Method(run=info, scopes=("files:read",)),
    "files.delete": Method(run=delete, scopes=("files:write",)),
}
