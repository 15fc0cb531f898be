"""Validates the recorded requests and responses of the round trips with openapi-core.

    validate.py known.tsv FOLDER...

Each folder has a file for each document: its first line names the document, and each other line is a call. Prints each
kind of failure once, and the counts. Fails if something is not valid and not listed in known.tsv, or listed and valid.
"""

import functools
import json
import os
import re
import sys
from collections import Counter
from dataclasses import dataclass, field
from multiprocessing import Pool
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import yaml
from openapi_core import Config, OpenAPI
from openapi_core.datatypes import RequestParameters
from werkzeug.datastructures import Headers, ImmutableMultiDict

HOST = "http://127.0.0.1"
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")


class Loader(getattr(yaml, "CSafeLoader", yaml.SafeLoader)):
    """Reads YAML 1.2, and dates as text, as JSON has them."""


Loader.yaml_implicit_resolvers = {
    mark: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith((":timestamp", ":bool"))]
    for mark, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
# YAML 1.2: `on` and `yes` are texts.
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(true|True|TRUE|false|False|FALSE)$"), list("tTfF"))


class Parameters(RequestParameters):
    """Decodes the variables of a path, whose reserved characters are encoded when it is matched."""

    def __setattr__(self, name, value):
        if name == "path":
            value = {key: unquote(text) for key, text in value.items()}
        super().__setattr__(name, value)


def pairs(head):
    return [tuple(part.strip() for part in line.split(":", 1)) for line in head.split("\r\n")[1:] if ":" in line]


def utf8(text):
    """A recording has a character for each byte."""
    return text.encode("latin-1").decode("utf-8", "replace")


@dataclass
class Request:
    text: str
    parameters: Parameters = field(init=False)

    def __post_init__(self):
        head, body = self.text.split("\r\n\r\n", 1)
        self.method, target, _ = head.split("\r\n")[0].split(" ", 2)
        self.method = self.method.lower()
        self.path, _, query = target.partition("?")
        self.host_url = HOST
        headers = Headers([(name, utf8(value)) for name, value in pairs(head)])
        cookies = [pair.strip().partition("=") for pair in headers.get("cookie", "").split(";") if pair]
        self.content_type = headers.get("content-type", "")
        self.body = body.encode("latin-1") if body or self.content_type else None
        self.parameters = Parameters(
            query=ImmutableMultiDict(parse_qsl(query, keep_blank_values=True)),
            header=headers,
            cookie=ImmutableMultiDict((name, unquote(value)) for name, _, value in cookies),
        )


@dataclass
class Response:
    text: str

    def __post_init__(self):
        head, body = self.text.split("\r\n\r\n", 1)
        self.status_code = int(head.split(" ")[1])
        self.headers = Headers(pairs(head))
        self.content_type = self.headers.get("content-type", "")
        self.data = body.encode("latin-1")


IGNORED = ("accept", "content-type", "authorization")


def mend(spec, hidden):
    """Changes what openapi-core does not read as OpenAPI means it, so that it looks at the rest. `hidden` is the flag of the
    properties that a message of this direction does not have."""
    for each in list(objects(spec)):
        # An empty text is a value, which most schemas allow.
        if each.get("in") == "query" and "schema" in each:
            each["allowEmptyValue"] = True
        # OpenAPI ignores these parameters.
        if each.get("in") == "header" and str(each.get("name")).lower() in IGNORED:
            each["required"], each["schema"] = False, {}
        # The default of a parameter that is not sent is not the client's.
        if isinstance(each.get("type"), (str, list)) and "default" in each:
            del each["default"]
        # What only the other direction has is not required.
        required, properties = each.get("required"), each.get("properties")
        if isinstance(required, list) and isinstance(properties, dict):
            is_hidden = lambda name: behind(spec, properties.get(name)).get(hidden) is True
            each["required"] = [name for name in required if not is_hidden(name)]
        # OpenAPI 3.0.3: null is allowed beside a union, too.
        union = [key for key in ("oneOf", "anyOf", "allOf") if isinstance(each.get(key), list)]
        if each.get("nullable") is True and union and "type" not in each:
            null = {"type": "string", "nullable": True, "enum": [None]}
            inner = {key: each.pop(key) for key in list(each) if key not in ("nullable", "description", "title")}
            del each["nullable"]
            each["anyOf"] = [inner, null]


def behind(spec, value):
    """Returns the object behind a reference into the same file."""
    while isinstance(value, dict) and str(value.get("$ref")).startswith("#/"):
        names = value["$ref"][2:].split("/")
        value = functools.reduce(lambda at, name: at.get(unquote(name).replace("~1", "/").replace("~0", "~"), {}), names, spec)
    return value if isinstance(value, dict) else {}


def load(document, hidden):
    path = Path(document).resolve()
    spec = keyed_by_text(next(yaml.load_all(path.read_text(encoding="utf-8-sig"), Loader)))
    mend(spec, hidden)
    # The calls go to a server of their own, below the path of a relative URL.
    servers, media = {""}, set()
    for name, value in inner(spec):
        if name == "servers" and isinstance(value, list):
            servers.update(urlsplit(server["url"]).path.rstrip("/") for server in value if "url" in server)
            value.clear()
        if name == "content" and isinstance(value, dict):
            media.update(name for name in value if "+json" in name or name.endswith("/json"))
    for place in [each for each in objects(spec) if each.get("servers") == []]:
        del place["servers"]
    spec["servers"] = [{"url": HOST + below} for below in sorted(servers, key=len, reverse=True) if "{" not in below]
    deserializers = {name.split(";")[0]: lambda data, **_: json.loads(data) for name in media}
    deserializers |= {name: lambda data, **_: data.decode() for name in ("text/plain", "text/csv", "text/html")}
    config = Config(spec_validator_cls=None, extra_media_type_deserializers=deserializers)
    return OpenAPI.from_dict(spec, config=config, base_uri=path.as_uri())


def objects(value):
    """Returns all objects in a value."""
    if isinstance(value, dict):
        yield value
    for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else []:
        yield from objects(each)


def inner(value):
    """Returns all names and values of objects."""
    return [pair for each in objects(value) for pair in each.items()]


def keyed_by_text(value):
    """YAML has numbers as keys, such as statuses."""
    if isinstance(value, dict):
        return {str(key): keyed_by_text(inner) for key, inner in value.items()}
    return [keyed_by_text(inner) for inner in value] if isinstance(value, list) else value


# The kinds of failures that openapi-core's exceptions do not distinguish, by what they say. If there are several errors of
# a schema, all of them must say it: a kind that is listed would hide the others.
KINDS = [
    ("bytes", r"^b['\"]|^Value b['\"]|got <class 'bytes'>"),
    ("byte indices", r"byte indices must be integers"),
    ("null", r"None for not nullable|Unknown type 'null'"),
    ("null in an enum", r"^None is not one of "),
    ("whole number", r"^-?[0-9]+\.0 is not of type 'integer'"),
    ("slash", r"Path not found for .*%5B"),
    ("text part", r"'[^']*' is not of type '(number|integer|boolean)'"),
    ("style", r"not available"),
    ("object in a form", r"dictionary update sequence|Failed to cast value to object|^'[\[{].*' is not of type"),
    ("label or matrix", r"Missing required path parameter: .* \| '[.;]|Missing required path parameter: .* \| '.*\*'"),
    ("list of types", r"got <class 'list'>"),
    ("ignored header", r"Missing required header parameter: (Accept|Content-Type|Authorization) "),
]


# What else openapi-core says then.
FOLLOWING = {"null": r"^None is not of type '(object|array|string|number|integer|boolean)'"}


def is_all(said, pattern, following):
    own = [re.search(pattern, each, re.DOTALL) for each in said]
    return any(own) and all(it or following and re.search(following, each) for it, each in zip(own, said))


def failure(check):
    """Returns the kind of the failure and what it says, or nothing."""
    try:
        check()
        return None
    except Exception as error:
        chain = [error]
        while chain[-1].__cause__ or chain[-1].__context__:
            chain.append(chain[-1].__cause__ or chain[-1].__context__)
        inner = [str(each)[:160] for each in chain]
        errors = [each.message[:200] for each in getattr(chain[-1], "schema_errors", [])]
        text = " | ".join(inner + errors)
        said = errors or [text]
        kind = next((kind for kind, pattern in KINDS if is_all(said, pattern, FOLLOWING.get(kind))), None)
        return kind or type(chain[0]).__name__ + "/" + type(chain[-1]).__name__, text


def essence(response):
    return response.content_type.split(";")[0].strip()


def validate(recording):
    """Validates the calls of a document. Returns their number and the failures."""
    count, failures = 0, []
    with open(recording, encoding="utf-8") as lines:
        document = json.loads(next(lines))["document"]
        try:
            requests, responses = load(document, "readOnly"), load(document, "writeOnly")
        except Exception as error:
            return document, 0, [("", "document", type(error).__name__, str(error)[:200])]
        for line in lines:
            call = json.loads(line)
            if not call["request"]:
                continue
            request = Request(call["request"])
            response = Response(call["response"])
            count += 1
            found = failure(lambda: requests.validate_request(request))
            if found:
                failures.append((call["operation"], "request", *found))
            # A response to HEAD has no content, and refusals of the test server are not the document's.
            if call["is_described"] and request.method != "head":
                count += 1
                part = "response" if response.status_code < 400 else "failure"
                found = failure(lambda: responses.validate_response(Request(call["request"]), response))
                if found and found[0] == "MissingData/MissingData" and re.search(r"[/+]json$", essence(response)):
                    found = ("no JSON", found[1])
                if found:
                    failures.append((call["operation"], part, *found))
    return document, count, failures


def matches(rule, key):
    return all(own in ("*", part) or own.endswith("*") and part.startswith(own[:-1]) for own, part in zip(rule, key))


def main():
    known, *folders = sys.argv[1:]
    rules = [line.split("\t") for line in Path(known).read_text().splitlines() if line]
    if any(len(rule) != 5 or not rule[4] for rule in rules):
        sys.exit(f"{known}: each line has a document, an operation, a part, a kind and a reason")
    total, valid, listed, used, bad = 0, 0, Counter(), set(), False
    recordings = [str(path) for folder in folders for path in sorted(Path(folder).glob("*.jsonl"))]
    with Pool(os.cpu_count()) as pool:
        for document, count, failures in pool.imap_unordered(validate, recordings):
            shown = "/".join(Path(document).parts[-2:])
            total += count
            valid += count - len(failures)
            new = Counter()
            for operation, part, kind, text in failures:
                key = (shown, operation, part, kind)
                index = next((index for index, rule in enumerate(rules) if matches(rule, key)), None)
                if index is None:
                    new[key] += 1
                    if new[key] == 1:
                        print(*key, text.replace("\n", " "), sep="\t")
                else:
                    used.add(index)
                    listed[rules[index][4]] += 1
            bad = bad or bool(new)
    for reason, count in listed.most_common():
        print(f"{count:6} listed: {reason}")
    for index in set(range(len(rules))) - used if os.environ.get("UNUSED") else []:
        print("listed and valid:", *rules[index], sep="\t")
        bad = True
    print(f"independent validation: {valid} of {total}, {sum(listed.values())} listed")
    sys.exit(bad)


if __name__ == "__main__":
    main()
