package main

import (
	"fmt"
	"os"
	"regexp"
	"strconv"
	"strings"
	"syscall"
)

const ticksPerSecond = 100

var (
	throttledTime = regexp.MustCompile(`(?m)^throttled_(usec|time) (\d+)$`)
	processor     = regexp.MustCompile(`(?m)^cpu\d`)
	pressureTime  = regexp.MustCompile(`^some .*total=(\d+)`)
)

// witness is what this server and its machine used, as counters of Prometheus: the lab reads them around each trial.
func witness() string {
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		return throttled() + machine()
	}
	seconds := float64(usage.Utime.Nano()+usage.Stime.Nano()) / 1e9
	return line("counter", "process_cpu_seconds_total", seconds, "") + throttled() + machine()
}

func line(kind, name string, value float64, labels string) string {
	number := strconv.FormatFloat(value, 'f', -1, 64)
	return fmt.Sprintf("# TYPE %s %s\n%s%s %s\n", name, kind, name, labels, number)
}

// throttled is the metric that says how long the container's processor limit kept this server waiting, from the
// container's control group in version 2 (µs) or 1 (ns); empty where the system has neither.
func throttled() string {
	for _, path := range []string{"/sys/fs/cgroup/cpu.stat", "/sys/fs/cgroup/cpu/cpu.stat"} {
		text := textOf(path)
		if text == "" {
			continue
		}
		seconds := 0.0
		if found := throttledTime.FindStringSubmatch(text); found != nil {
			seconds = number(found[2]) / map[string]float64{"usec": 1e6, "time": 1e9}[found[1]]
		}
		return line("counter", "escala_cpu_throttled_seconds_total", seconds, "")
	}
	return ""
}

// machine tells of all processors: whatever is neither idle nor stolen is busy. Empty where the system does not tell.
func machine() string {
	stat, uptime := textOf("/proc/stat"), strings.Fields(textOf("/proc/uptime"))
	// cpu, user, nice, system, idle, iowait, irq, softirq, steal of all processors: proc(5).
	ticks := strings.Fields(strings.SplitN(stat, "\n", 2)[0])
	bootID := strings.TrimSpace(textOf("/proc/sys/kernel/random/boot_id"))
	if len(uptime) == 0 || len(ticks) < 9 || bootID == "" {
		return ""
	}
	cores := float64(len(processor.FindAllString(stat, -1)))
	idle, stolen := (number(ticks[4])+number(ticks[5]))/ticksPerSecond, number(ticks[8])/ticksPerSecond
	text := line("gauge", "escala_machine_processors", cores, "") +
		line("counter", "escala_machine_busy_seconds_total", cores*number(uptime[0])-idle-stolen, "") +
		line("counter", "escala_machine_stolen_seconds_total", stolen, "")
	if found := pressureTime.FindStringSubmatch(textOf("/proc/pressure/cpu")); found != nil {
		text += line("counter", "escala_machine_pressure_seconds_total", number(found[1])/1e6, "")
	}
	return text + line("gauge", "escala_machine_info", 1, fmt.Sprintf("{boot_id=%q}", bootID))
}

// textOf is empty where the system has no such file.
func textOf(path string) string {
	text, err := os.ReadFile(path)
	if err != nil {
		return ""
	}
	return string(text)
}

func number(text string) float64 {
	value, _ := strconv.ParseFloat(text, 64)
	return value
}
