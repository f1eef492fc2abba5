"""The document is OpenAPI 3.1, and no call that follows it, or breaks it, makes the server fail."""

import json
from typing import Any
from urllib.parse import urlencode, urlsplit

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.core.result import Ok

from tests.api.conftest import Program, program_of
from tests.consistency.scene import staff


def test_the_document_says_what_it_is(county: None) -> None:
    document = Client().get("/api/v1/openapi.json").json()
    assert document["openapi"].startswith("3.1")
    assert len(document["paths"]) > 15
    refusals = document["paths"]["/api/v1/workers"]["post"]["responses"]
    assert {"200", "403", "404", "409"} <= set(refusals)


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("mode", list(GenerationMode), ids=lambda mode: mode.name.lower())
def test_no_generated_call_makes_the_server_fail(mode: GenerationMode, county: None) -> None:
    desk = program_of(staff("administrator"))
    schema = schemathesis.openapi.from_dict(Client().get("/api/v1/openapi.json").json())
    for operation in schema.get_all_operations():
        assert isinstance(operation, Ok)
        _try(desk, operation.ok().as_strategy(generation_mode=mode))


def _try(desk: Program, calls: st.SearchStrategy[schemathesis.Case[Any]]) -> None:
    @settings(
        max_examples=6, deadline=None, database=None, derandomize=True,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(call=calls)
    def answered(call: schemathesis.Case[Any]) -> None:
        sent = call.as_transport_kwargs(base_url="http://testserver")
        query = urlencode(list((sent.get("params") or {}).items()), doseq=True)
        body = json.dumps(sent["json"]) if "json" in sent else sent.get("data") or b""
        answer = Client(raise_request_exception=False).generic(
            sent["method"],
            f"{urlsplit(sent['url']).path}?{query}",
            body if isinstance(body, str | bytes) else str(body),
            content_type="application/json",
            headers={"authorization": f"Bearer {desk.key}"},
        )
        assert answer.status_code < 500, (sent, answer.content[:300])

    answered()
