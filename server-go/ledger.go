package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"syscall"
)

const columns = "sequence,request_id,run,cell,client,message,replica,received_us,queue_us,service_us,method,path,status\n"

// A ledger is a CSV file with a row per acknowledged request.
type ledger struct {
	mutex    sync.Mutex
	file     *os.File
	sync     bool
	bytes    int64 // up to the last acknowledged row
	sequence int64
	failed   error
}

// openLedger locks the file and cuts off a last row that a crash left without its end.
func openLedger(path string, sync bool) (*ledger, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, fmt.Errorf("another server writes to %s: %w", path, err)
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	start := max(0, info.Size()-65536)
	tail, err := io.ReadAll(io.NewSectionReader(file, start, info.Size()-start))
	if err != nil {
		return nil, err
	}
	tail = tail[:bytes.LastIndexByte(tail, '\n')+1]
	l := &ledger{file: file, sync: sync, bytes: start + int64(len(tail))}
	if l.bytes == 0 {
		return l, l.write(columns)
	}
	lines := strings.Split(strings.TrimSuffix(string(tail), "\n"), "\n")
	first, _, _ := strings.Cut(lines[len(lines)-1], ",")
	l.sequence, _ = strconv.ParseInt(first, 10, 64)
	return l, file.Truncate(l.bytes)
}

// append returns when the row is on disk.
func (l *ledger) append(row string) error {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	if l.failed != nil {
		return l.failed
	}
	if err := l.write(fmt.Sprintf("%d,%s", l.sequence+1, row)); err != nil {
		return err
	}
	l.sequence++
	return nil
}

func (l *ledger) write(text string) error {
	if _, err := l.file.WriteAt([]byte(text), l.bytes); err != nil {
		return errors.Join(err, l.file.Truncate(l.bytes))
	}
	if l.sync {
		if l.failed = l.file.Sync(); l.failed != nil {
			return l.failed
		}
	}
	l.bytes += int64(len(text))
	return nil
}

// ready says whether a row appended now could get to the disk.
func (l *ledger) ready() bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.failed == nil
}

// reader reads up to the last acknowledged row.
func (l *ledger) reader() io.ReadSeeker {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return io.NewSectionReader(l.file, 0, l.bytes)
}

// textCell is a CSV cell as RFC 4180 says; text that a spreadsheet would run as a formula gets an apostrophe.
func textCell(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t", rune(text[0])) {
		text = "'" + text
	}
	if strings.ContainsAny(text, "\",") {
		return `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	}
	return text
}
