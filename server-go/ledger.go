package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"
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

// rowPattern is a whole row, with its number and its replica.
var rowPattern = regexp.MustCompile(`^(\d+),[^,]+,.*,([^,]+),\d+,\d+,\d+,[A-Z]+,[^,]+,20[01]$`)

var errForeign = errors.New("it is not a ledger of this replica; nothing in it was changed")

// openLedger locks the file and cuts off a last row that a crash left without its end. A file that is not ours stays
// as it is.
func openLedger(path, replica string, sync bool) (*ledger, error) {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return nil, err
	}
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o644)
	if err != nil {
		return nil, err
	}
	info, err := file.Stat()
	if err != nil {
		return nil, err
	}
	if !info.Mode().IsRegular() {
		return nil, fmt.Errorf("%s: %w", path, errForeign)
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		return nil, fmt.Errorf("another server writes to %s: %w", path, err)
	}
	l := &ledger{file: file, sync: sync}
	if err := l.repair(info.Size(), replica); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return l, nil
}

// repair finds where to go on in a file of so many bytes, or says that the file is not ours.
func (l *ledger) repair(size int64, replica string) error {
	header := make([]byte, min(size, int64(len(columns))))
	if _, err := l.file.ReadAt(header, 0); err != nil {
		return err
	}
	if !strings.HasPrefix(columns, string(header)) {
		return errForeign
	}
	if size < int64(len(columns)) {
		return l.write(columns)
	}
	start := max(int64(len(columns)), size-65536)
	tail := make([]byte, size-start)
	if _, err := l.file.ReadAt(tail, start); err != nil {
		return err
	}
	end := bytes.LastIndexByte(tail, '\n') + 1
	if lines := strings.Split(string(tail[:end]), "\n"); len(lines) > 1 {
		row := rowPattern.FindStringSubmatch(lines[len(lines)-2])
		if row == nil || row[2] != replica {
			return errForeign
		}
		l.sequence, _ = strconv.ParseInt(row[1], 10, 64)
	}
	torn, next := string(tail[end:]), fmt.Sprintf("%d,", l.sequence+1)
	if !strings.HasPrefix(next, torn) && !strings.HasPrefix(torn, next) {
		return errForeign
	}
	l.bytes = start + int64(end)
	return l.file.Truncate(l.bytes)
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
