"""Servers on loopback that answer as forges do: GitHub Enterprise below /api/v3, GitLab below /api/v4."""

import json
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, unquote, urlsplit

from jsonschema import Draft202012Validator

from tests.support.git_server import LOCALHOST, tls_server

SHAPES = json.loads((Path(__file__).parents[1] / "data" / "forges" / "github.schema.json").read_text(encoding="utf-8"))


class Answer(NamedTuple):
    status: int
    value: Any
    headers: Mapping[str, str] = {}


class Project(NamedTuple):
    """What a forge knows about one repository."""

    name: str
    is_archived: bool = False
    is_fork: bool = False
    topics: tuple[str, ...] = ()
    url: str = ""


class Forge:
    """A forge at `base`. `owners` have projects, `people` are those of them that are no organisations; `refusals` are
    given before the next answers; `requests` are the paths that were asked, `secrets` what proved who asks.
    """

    def __init__(self, port: int) -> None:
        self.host = f"{LOCALHOST}:{port}"
        self.base = f"https://{self.host}"
        self.owners: dict[str, list[Project]] = {}
        self.people: set[str] = set()
        self.refusals: list[Answer] = []
        self.requests: list[str] = []
        self.secrets: list[str] = []
        self.token = ""

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        raise NotImplementedError

    def page(self, items: list[Any], path: str, query: dict[str, str]) -> Answer:
        size, number = int(query.get("per_page", "30")), int(query.get("page", "1"))
        headers = {}
        if size * number < len(items):
            words = "&".join(f"{key}={value}" for key, value in {**query, "page": str(number + 1)}.items())
            headers["Link"] = f'<{self.base}{path}?{words}>; rel="next"'
        return Answer(200, items[size * (number - 1) : size * number], headers)


class FakeGitHub(Forge):
    """See https://docs.github.com/en/rest/repos/repos and .../users/users."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        match path.removeprefix("/api/v3").strip("/").split("/"):
            case ["users", name] if name in self.owners:
                return Answer(200, _valid("public-user", self.user(name)))
            case ["orgs", name, "repos"] if name in self.owners and name not in self.people:
                return self.listing(name, path, query)
            case ["users", name, "repos"] if name in self.people:
                return self.listing(name, path, query)
        return Answer(404, _valid("basic-error", {"message": "Not Found", "documentation_url": f"{self.base}/rest"}))

    def listing(self, owner: str, path: str, query: dict[str, str]) -> Answer:
        assert query["sort"] == "full_name"
        projects = sorted(self.owners[owner])
        return self.page([_valid("minimal-repository", self.repository(owner, p)) for p in projects], path, query)

    def user(self, name: str) -> dict[str, Any]:
        counts = dict.fromkeys(("public_repos", "public_gists", "followers", "following"), 0)
        unknown = dict.fromkeys(("name", "company", "blog", "location", "email", "hireable", "bio"))
        days = {"created_at": "2020-01-01T00:00:00Z", "updated_at": "2020-01-01T00:00:00Z"}
        return {**self.account(name), **counts, **unknown, **days}

    def account(self, name: str) -> dict[str, Any]:
        api = f"{self.base}/api/v3/users/{name}"
        links = ("followers", "following", "gists", "starred", "subscriptions", "organizations", "repos", "events")
        return {
            "login": name, "id": 1, "node_id": "U_1", "avatar_url": f"{self.base}/avatar", "gravatar_id": "",
            "url": api, "html_url": f"{self.base}/{name}", "site_admin": False,
            "type": "User" if name in self.people else "Organization",
            "received_events_url": f"{api}/received_events", **{f"{link}_url": f"{api}/{link}" for link in links},
        }  # fmt: skip

    def repository(self, owner: str, project: Project) -> dict[str, Any]:
        api = f"{self.base}/api/v3/repos/{owner}/{project.name}"
        required = SHAPES["$defs"]["minimal-repository"]["required"]
        return {
            **{name: api for name in required if name.endswith("_url")},
            "id": 1, "node_id": "R_1", "name": project.name, "full_name": f"{owner}/{project.name}",
            "owner": self.account(owner), "private": False, "description": None,
            "fork": project.is_fork, "archived": project.is_archived, "topics": list(project.topics), "url": api,
            "clone_url": project.url or f"{self.base}/{owner}/{project.name}.git",
        }  # fmt: skip


class FakeGitLab(Forge):
    """See https://docs.gitlab.com/api/groups/#list-projects."""

    def answer(self, path: str, query: dict[str, str]) -> Answer:
        match path.removeprefix("/api/v4/").split("/"):
            case ["groups", group, "projects"] if unquote(group) in self.owners:
                assert query["include_subgroups"] in ("True", "true")
                projects = self.owners[unquote(group)]
                if query.get("archived") in ("False", "false"):
                    projects = [project for project in projects if not project.is_archived]
                return self.page([self.project(unquote(group), project) for project in projects], path, query)
        return Answer(404, {"message": "404 Group Not Found"})

    def project(self, group: str, project: Project) -> dict[str, Any]:
        place = f"{group}/{project.name}"
        parent = {"forked_from_project": {"id": 2, "path_with_namespace": "else/where"}} if project.is_fork else {}
        return {
            "id": 1, "description": None, "name": project.name, "path": project.name.rpartition("/")[2],
            "path_with_namespace": place, "default_branch": "main", "topics": list(project.topics),
            "ssh_url_to_repo": f"git@{LOCALHOST}:{place}.git", "archived": project.is_archived,
            "http_url_to_repo": project.url or f"{self.base}/{place}.git", "web_url": f"{self.base}/{place}",
            "visibility": "private", "empty_repo": False, **parent,
        }  # fmt: skip


@contextmanager
def forge_server(pem: Path, kind: type[Forge]) -> Iterator[Forge]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        forge: Forge

        def do_GET(self) -> None:
            secret = self.headers.get("Authorization", "") or self.headers.get("PRIVATE-TOKEN", "")
            self.forge.requests.append(self.path)
            self.forge.secrets.append(secret)
            self.reply(self.answer(secret.rpartition(" ")[2]))

        def answer(self, secret: str) -> Answer:
            if self.forge.refusals:
                return self.forge.refusals.pop(0)
            if self.forge.token and secret != self.forge.token:
                return Answer(401, {"message": "Bad credentials"})
            parts = urlsplit(self.path)
            return self.forge.answer(parts.path, dict(parse_qsl(parts.query)))

        def reply(self, answer: Answer) -> None:
            content = json.dumps(answer.value).encode()
            self.send_response(answer.status)
            for name, value in {"Content-Type": "application/json", **answer.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with tls_server(pem, Handler) as server:
        Handler.forge = kind(server.server_port)
        yield Handler.forge


def rate_limit(seconds: int) -> Answer:
    """GitHub's primary limit: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api."""
    headers = {"X-RateLimit-Remaining": "0", "X-RateLimit-Reset": str(int(time.time()) + seconds)}
    return Answer(403, _valid("basic-error", {"message": "API rate limit exceeded for 127.0.0.1."}), headers)


def _valid(shape: str, value: dict[str, Any]) -> dict[str, Any]:
    """The value, after it was found to have a shape that GitHub documents."""
    Draft202012Validator({"$ref": f"#/$defs/{shape}", "$defs": SHAPES["$defs"]}).validate(value)
    return value
