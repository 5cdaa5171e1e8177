"""The ledger: a CSV file with a row per acknowledged request."""

import fcntl
import os
import threading

COLUMNS = "sequence,request_id,run,cell,client,message,replica,received_us,queue_us,service_us,method,path,status"


def cell(value):
    """A CSV cell as RFC 4180 says; text that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, int):
        return str(value)
    if value[:1] in ("=", "+", "-", "@", "\t"):
        value = "'" + value
    return '"' + value.replace('"', '""') + '"' if any(c in value for c in '",') else value


class Ledger:
    def __init__(self, path, sync):
        self.path, self.sync, self.lock, self.failed = path, sync, threading.Lock(), False
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # A crash may have left a last row without its end; it was never acknowledged.
        size = os.fstat(self.file).st_size
        tail = os.pread(self.file, 65536, max(0, size - 65536))
        self.bytes = size - len(tail) + tail.rfind(b"\n") + 1
        os.ftruncate(self.file, self.bytes)
        lines = tail[: tail.rfind(b"\n") + 1].splitlines()
        last = lines[-1].split(b",")[0] if lines else b""
        self.sequence = int(last) if last.isdigit() else 0
        if self.bytes == 0:
            self._write((COLUMNS + "\n").encode())

    def append(self, cells):
        """Returns when the row is on disk; raises OSError where it is not."""
        row = ",".join(cell(c) for c in cells)
        with self.lock:
            if self.failed:
                raise OSError("an earlier fdatasync failed")
            self._write(f"{self.sequence + 1},{row}\n".encode("utf-8", "replace"))
            self.sequence += 1

    def _write(self, data):
        try:
            done = 0
            while done < len(data):
                done += os.pwrite(self.file, data[done:], self.bytes + done)
        except OSError:
            os.ftruncate(self.file, self.bytes)
            raise
        if self.sync:
            try:
                os.fdatasync(self.file)
            except OSError:
                self.failed = True
                raise
        self.bytes += len(data)

    def read(self, start):
        return os.pread(self.file, max(0, self.bytes - start), start)
