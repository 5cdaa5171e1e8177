package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
)

var throttledTime = regexp.MustCompile(`(?m)^throttled_(usec|time) (\d+)$`)

// throttled is the metric that says how long the container's processor limit kept this server waiting, from the
// container's control group in version 2 (µs) or 1 (ns); empty where the system has neither.
func throttled() string {
	for _, path := range []string{"/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpu/cpu.stat"} {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		seconds := 0.0
		if found := throttledTime.FindSubmatch(text); found != nil {
			count, _ := strconv.ParseFloat(string(found[2]), 64)
			seconds = count / map[string]float64{"usec": 1e6, "time": 1e9}[string(found[1])]
		}
		const name = "escala_cpu_throttled_seconds_total"
		return fmt.Sprintf("# TYPE %s counter\n%s %g\n", name, name, seconds)
	}
	return ""
}
