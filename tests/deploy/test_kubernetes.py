"""The manifests are what Kubernetes understands, and hold together."""

import json
from pathlib import Path

import jsonschema_rs
import pytest

from headway.settings import CONFIG, load_settings
from tests.deploy.documents import Document, documents

FILES = sorted((Path(__file__).parents[2] / "deploy/kubernetes").glob("*.yaml"))
SCHEMA = json.loads(Path(__file__).with_name("kubernetes-1.34.json").read_text("utf-8"))

MANIFESTS = [manifest for file in FILES for manifest in documents(file)]


def of_kind(*kinds: str) -> list[Document]:
    return [manifest for manifest in MANIFESTS if manifest["kind"] in kinds]


def pods() -> list[Document]:
    return [manifest["spec"]["template"] for manifest in of_kind("Deployment", "Job")]


@pytest.mark.parametrize(
    "manifest", MANIFESTS, ids=lambda manifest: f"{manifest['kind']}-{manifest['metadata']['name']}"
)
def test_each_manifest_has_only_fields_that_its_kind_has(manifest: Document) -> None:
    names = [name for name in SCHEMA["$defs"] if name.endswith(f".{manifest['kind']}")]
    assert len(names) == 1
    check = jsonschema_rs.validator_for({**SCHEMA, "$ref": f"#/$defs/{names[0]}"})
    assert [f"{error.instance_path}: {error.message}" for error in check.iter_errors(manifest)] == []
    wrong = {**manifest, "spce": {}}
    assert not check.is_valid(wrong)


def test_selectors_find_the_pods_that_they_are_for() -> None:
    labels = {deployment["metadata"]["name"]: deployment["spec"]["template"] for deployment in of_kind("Deployment")}
    for deployment in of_kind("Deployment"):
        own = deployment["spec"]["template"]["metadata"]["labels"]
        assert deployment["spec"]["selector"]["matchLabels"] == own
    for budget in of_kind("PodDisruptionBudget"):
        assert budget["spec"]["selector"]["matchLabels"] == labels[budget["metadata"]["name"]]["metadata"]["labels"]
    (service,) = of_kind("Service")
    assert service["spec"]["selector"] == labels["headway-web"]["metadata"]["labels"]
    (scaler,) = of_kind("HorizontalPodAutoscaler")
    assert scaler["spec"]["scaleTargetRef"]["name"] in labels


def test_pods_are_probed_closed_and_take_secrets_from_a_secret_only() -> None:
    images = set()
    for pod in pods():
        spec = pod["spec"]
        (container,) = spec["containers"]
        images.add(container["image"])
        assert spec["securityContext"]["runAsNonRoot"]
        assert container["securityContext"]["readOnlyRootFilesystem"]
        assert {mount["name"] for mount in container["volumeMounts"]} == {volume["name"] for volume in spec["volumes"]}
        assert container["args"] in (["serve"], ["worker"], ["migrate"])
        if container["args"] != ["migrate"]:
            assert container["readinessProbe"]["httpGet"]["path"] == "/readyz"
            assert container["livenessProbe"]["httpGet"]["path"] == "/healthz"
    assert len(images) == 1
    assert of_kind("Secret") == []


def test_their_settings_are_settings() -> None:
    (config,) = of_kind("ConfigMap")
    for pod in pods():
        own = {each["name"]: each["value"] for each in pod["spec"]["containers"][0].get("env", [])}
        given = {**config["data"], **own}
        given.pop(CONFIG)  # the file is a secret's
        load_settings({**given, "HEADWAY_DATABASE_URL": "mysql://headway:secret@db1,db2/headway"})
