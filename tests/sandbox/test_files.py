"""Files, reactions and prompts: with a manifest that asks for their scopes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml
from slack_sdk import WebClient

from sandbox import Sandbox
from sandbox.serving import APP_YAML

MORE = ("files:write", "files:read", "reactions:write", "assistant:write", "im:read", "mpim:write", "team:read")


@pytest.fixture(scope="module")
def rich_slack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    """A sandbox whose app has more scopes than ours asks for."""
    tree = yaml.safe_load(APP_YAML.read_text())
    tree["oauth_config"]["scopes"]["bot"] += MORE
    manifest: Path = tmp_path_factory.mktemp("manifest") / "app.yaml"
    manifest.write_text(yaml.safe_dump(tree))
    with Sandbox(manifest) as slack:
        yield slack


@pytest.fixture
def client(rich_slack: Sandbox) -> WebClient:
    return WebClient(token=rich_slack.bot_token, base_url=rich_slack.api_url)


def test_an_upload_becomes_a_message_with_the_file(rich_slack: Sandbox, client: WebClient) -> None:
    answer = client.files_upload_v2(channel="D0NINA", filename="march.csv", content="a,b\n", title="March")

    file_id = answer["files"][0]["id"]
    message = rich_slack.history("nina")[-1]
    assert message["subtype"] == "file_share"
    assert (message["files"][0]["name"], message["files"][0]["size"]) == ("march.csv", 4)
    assert rich_slack.person("nina").sees("March").surface == "message"
    assert client.files_info(file=file_id)["file"]["title"] == "March"
    assert client.files_delete(file=file_id)["ok"]


def test_reactions_prompts_and_group_messages_work_with_their_scopes(rich_slack: Sandbox, client: WebClient) -> None:
    ts = client.chat_postMessage(channel="D0NINA", text="x")["ts"]

    client.reactions_add(channel="D0NINA", timestamp=ts, name="eyes")
    client.assistant_threads_setTitle(channel_id="D0NINA", thread_ts=ts, title="t")
    group = client.conversations_open(users=["U0NINA", "U0CORA"])["channel"]["id"]
    client.chat_postMessage(channel=group, text="both")

    message = rich_slack.message("nina", ts)
    assert message is not None
    assert message["reactions"][0]["name"] == "eyes"
    assert rich_slack.person("cora").sees("both").channel == group
    assert client.conversations_info(channel="D0NINA")["channel"]["user"] == "U0NINA"
