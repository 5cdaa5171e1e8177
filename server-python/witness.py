"""What this server and its machine used, as counters of Prometheus: the lab reads them around each trial."""

import os
import re
import time

TICKS_PER_SECOND = 100
BOOT_ID = "/proc/sys/kernel/random/boot_id"


def line(kind, name, value, labels=""):
    return f"# TYPE {name} {kind}\n{name}{labels} {value}\n"


def text_of(path):
    """None where the system has no such file."""
    if not os.path.exists(path):
        return None
    with open(path) as file:
        return file.read()


def throttled():
    """How long the container's processor limit kept this server waiting, from its control group (version 2 or 1)."""
    for path in ("/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpu/cpu.stat"):
        text = text_of(path)
        if text is None:
            continue
        found = re.search(r"^throttled_(usec|time) (\d+)$", text, re.MULTILINE)
        seconds = int(found[2]) / {"usec": 1e6, "time": 1e9}[found[1]] if found else 0
        return line("counter", "escala_cpu_throttled_seconds_total", seconds)
    return ""


def machine():
    """Whatever is neither idle nor stolen is busy."""
    stat, boot_id = text_of("/proc/stat"), text_of(BOOT_ID)
    if stat is None or boot_id is None:
        return ""
    # user, nice, system, idle, iowait, irq, softirq, steal of all processors: proc(5).
    ticks = [int(number) for number in stat.split("\n", 1)[0].split()[1:]]
    cores = len(re.findall(r"^cpu\d", stat, re.MULTILINE))
    idle, stolen = (ticks[3] + ticks[4]) / TICKS_PER_SECOND, ticks[7] / TICKS_PER_SECOND
    pressure = re.search(r"^some .*total=(\d+)", text_of("/proc/pressure/cpu") or "")
    return (
        line("gauge", "escala_machine_processors", cores)
        + line("counter", "escala_machine_busy_seconds_total", cores * time.monotonic() - idle - stolen)
        + line("counter", "escala_machine_stolen_seconds_total", stolen)
        + (line("counter", "escala_machine_pressure_seconds_total", int(pressure[1]) / 1e6) if pressure else "")
        + line("gauge", "escala_machine_info", 1, f'{{boot_id="{boot_id.strip()}"}}')
    )


def witness():
    return line("counter", "process_cpu_seconds_total", time.process_time()) + throttled() + machine()
