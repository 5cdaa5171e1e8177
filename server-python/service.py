"""A simulated service: requests queue, first come first served, in front of `parallelism` servers."""

import threading
import time


def now_us():
    return time.monotonic_ns() // 1000


class Waiting:
    """Servers that only wait. When each is free again is known beforehand, so a late timer costs no capacity."""

    def __init__(self, service_us, parallelism):
        self.service_us = service_us
        self.free_at = [0] * parallelism
        self.next = 0
        self.lock = threading.Lock()

    def serve(self):
        with self.lock:
            arrived = now_us()
            start = max(arrived, self.free_at[self.next])
            end = self.free_at[self.next] = start + self.service_us
            self.next = (self.next + 1) % len(self.free_at)
        time.sleep(max(0, end - now_us()) / 1e6)
        return start - arrived, self.service_us


class Computing:
    """Servers that use the processor for the service time."""

    def __init__(self, service_us, parallelism):
        self.service_ns = service_us * 1000
        self.servers = threading.Semaphore(parallelism)

    def serve(self):
        arrived = now_us()
        with self.servers:
            start = now_us()
            end = time.thread_time_ns() + self.service_ns
            while time.thread_time_ns() < end:
                pass
            return start - arrived, now_us() - start
