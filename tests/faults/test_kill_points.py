"""Kill points are told from a trace as strace writes it, and none of those that a soak owes is left out."""

from pathlib import Path

from tests.faults.kill_points import KillPoint, every, points_in

TRACE = """\
71 write(2</dev/pts/0>, "one"..., 3) = 3
71 pwrite64(6</home/x.db-shm>, "\\0", 1, 4095) = 1
71 write(7</home/keys/a.age.part>, "\\1, \"2"..., 4096) = 4096
71 fsync(7</home/keys/a.age.part>) = 0
72 write(9<pipe:[811]>, "x", 1) = 1
71 rename("/home/keys/a.age.part", "/home/keys/a.age") = 0
71 unlinkat(5</home/scratch-0123456789ab>, "x.db", 0) = 0
71 mkdirat(AT_FDCWD</home>, "scratch-0123456789ab", 0700) = 0
71 +++ killed by SIGKILL +++
"""


def test_they_are_the_calls_that_change_files_of_the_home_counted_as_strace_counts(tmp_path: Path) -> None:
    (tmp_path / "trace").write_text(TRACE)
    assert points_in(tmp_path / "trace", Path("/home")) == [
        KillPoint("write", 2, "/home/keys/a.age.part"),
        KillPoint("fsync", 1, "/home/keys/a.age.part"),
        KillPoint("rename", 1, "/home/keys/a.age.part"),
        KillPoint("unlinkat", 1, "/home/scratch-*/x.db"),
        KillPoint("mkdirat", 1, "/home/scratch-*"),
    ]


def test_of_a_row_of_equal_ones_the_first_and_the_last_and_each_so_many_th_are_taken() -> None:
    row = [KillPoint("pwrite64", number, "log") for number in range(1, 21)]
    points = [KillPoint("fsync", 1, "log"), *row, KillPoint("fsync", 2, "log"), KillPoint("fsync", 3, "log")]
    assert [points.index(point) for point in every(points, 8)] == [0, 1, 8, 16, 20, 21, 22]
