"""The ledger: a CSV file with a row per acknowledged request."""

import fcntl
import os
import re
import stat
import threading

# A whole row, with its number and its replica.
ROW = re.compile(rb"(\d+),[^,]+,.*,([^,]+),\d+,\d+,\d+,[A-Z]+,[^,]+,20[01]")
COLUMNS = "sequence,request_id,run,cell,client,message,replica,received_us,queue_us,service_us,method,path,status"


def cell(value):
    """A CSV cell as RFC 4180 says; text that a spreadsheet would run as a formula gets an apostrophe."""
    if isinstance(value, int):
        return str(value)
    if value[:1] in ("=", "+", "-", "@", "\t"):
        value = "'" + value
    return '"' + value.replace('"', '""') + '"' if any(c in value for c in '",') else value


class Foreign(Exception):
    """The file has a ledger's name and is none of this replica's."""

    def __str__(self):
        return f"{self.args[0]} is not a ledger of this replica; nothing in it was changed"


class Ledger:
    def __init__(self, path, replica, sync):
        self.path, self.sync, self.lock, self.failed = path, sync, threading.Lock(), False
        self.bytes = self.sequence = 0
        os.makedirs(os.path.dirname(path) or ".", exist_ok=True)
        self.file = os.open(path, os.O_RDWR | os.O_CREAT, 0o644)
        if not stat.S_ISREG(os.fstat(self.file).st_mode):
            raise Foreign(path)
        fcntl.flock(self.file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._repair(replica)

    def _repair(self, replica):
        """Cuts off a last row that a crash left without its end; a file that is not ours stays as it is."""
        size, header = os.fstat(self.file).st_size, (COLUMNS + "\n").encode()
        if not header.startswith(os.pread(self.file, len(header), 0)):
            raise Foreign(self.path)
        if size < len(header):
            return self._write(header)
        start = max(len(header), size - 65536)
        rows, _, torn = os.pread(self.file, size - start, start).rpartition(b"\n")
        last = rows.rpartition(b"\n")[2]
        if last or size - len(torn) > len(header):
            row = ROW.fullmatch(last)
            if not row or row[2] != replica.encode():
                raise Foreign(self.path)
            self.sequence = int(row[1])
        following = f"{self.sequence + 1},".encode()
        if not following.startswith(torn) and not torn.startswith(following):
            raise Foreign(self.path)
        self.bytes = size - len(torn)
        os.ftruncate(self.file, self.bytes)

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
        start = min(start, self.bytes)
        return os.pread(self.file, self.bytes - start, start)
