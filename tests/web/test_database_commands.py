"""`backup`, `restore` and `database`, as an operator calls them."""

from __future__ import annotations

from pathlib import Path

from tests.commands import Run
from tests.web.processes import serving


def test_everything_moves_by_backup_and_by_copy_while_the_server_runs(
    run: Run, environment: dict[str, str], tmp_path: Path
) -> None:
    file, other, third = (str(tmp_path / name) for name in ("kept.gz", "other.db", "third.db"))
    with serving(environment):
        kept = run("backup", file)
        copied = run(
            "database", "copy", environment["TODAY_FEELING_DATABASE_URL"], f"sqlite:///{third}"
        )
    assert (kept.returncode, kept.stderr) == (0, "")
    assert "330 rows" in kept.stdout
    assert (copied.returncode, copied.stderr) == (0, "")
    assert "330 rows" in copied.stdout
    assert "is whole: 330 rows" in run("restore", "--check", file).stdout
    restored = run("restore", file, "--database", f"sqlite:///{other}")
    assert "330 rows" in restored.stdout
    again = run("restore", file, "--database", f"sqlite:///{other}")
    assert again.returncode == 1
    assert again.stderr.splitlines() == [
        f"today-feeling: sqlite:///{other} is in use (330 tracks): --force replaces what it holds."
    ]


def test_tables_go_down_and_up(run: Run) -> None:
    assert "is at 0001" in run("database", "migrate", "0001").stdout
    assert "is at head" in run("database", "migrate").stdout
    unknown = run("database", "migrate", "9999")
    assert unknown.returncode == 1
    assert len(unknown.stderr.splitlines()) == 1
