"""Writes the files of deploy/ that are made from the cluster's templates: `python -m tools.deploy_files`."""

from pathlib import Path

from headway.entrypoints.cluster.render import shipped

DEPLOY = Path(__file__).parents[1] / "deploy"

if __name__ == "__main__":
    for name, text in shipped().items():
        (DEPLOY / name).parent.mkdir(parents=True, exist_ok=True)
        (DEPLOY / name).write_text(text, "utf-8")
