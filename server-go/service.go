package main

import (
	"runtime"
	"sync"
	"syscall"
	"time"
)

// A service is simulated work: requests queue, first come first served, in front of some servers.
type service interface {
	serve() (queueUs, serviceUs int64)
}

var anchor = bestAnchor()

// bestAnchor reads both clocks together. A process that loses its processor between the two readings has its wall
// clock too early, so the latest of some is the best.
func bestAnchor() time.Time {
	best := time.Now()
	for range 10 {
		if now := time.Now(); now.Round(0).Sub(best.Round(0)) > now.Sub(best) {
			best = now
		}
	}
	return best
}

// nowUs is anchored to the wall clock once and then follows the monotonic one.
func nowUs() int64 { return anchor.UnixMicro() + time.Since(anchor).Microseconds() }

func newService(kind string, duration time.Duration, parallelism int) service {
	if duration == 0 {
		return none{}
	}
	if kind == "cpu" {
		return &computing{duration: duration, servers: make(chan struct{}, parallelism)}
	}
	return &waiting{serviceUs: duration.Microseconds(), freeAtUs: make([]int64, parallelism)}
}

type none struct{}

func (none) serve() (int64, int64) { return 0, 0 }

// waiting knows beforehand when each server is free again, so a late timer costs no capacity.
type waiting struct {
	mutex     sync.Mutex
	serviceUs int64
	freeAtUs  []int64
	next      int
}

func (w *waiting) serve() (int64, int64) {
	w.mutex.Lock()
	arrivedUs := nowUs()
	startUs := max(arrivedUs, w.freeAtUs[w.next])
	w.freeAtUs[w.next] = startUs + w.serviceUs
	w.next = (w.next + 1) % len(w.freeAtUs)
	w.mutex.Unlock()
	time.Sleep(time.Duration(startUs+w.serviceUs-nowUs()) * time.Microsecond)
	return startUs - arrivedUs, w.serviceUs
}

// computing uses the processor for the service time.
type computing struct {
	duration time.Duration
	servers  chan struct{}
}

func (c *computing) serve() (int64, int64) {
	arrivedUs := nowUs()
	c.servers <- struct{}{}
	defer func() { <-c.servers }()
	startUs := nowUs()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	for end := threadTime() + c.duration; threadTime() < end; {
	}
	return startUs - arrivedUs, nowUs() - startUs
}

// threadTime is the processor time of this thread (RUSAGE_THREAD, which Linux has).
func threadTime() time.Duration {
	const rusageThread = 1
	var usage syscall.Rusage
	if err := syscall.Getrusage(rusageThread, &usage); err != nil {
		return time.Since(anchor)
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}
