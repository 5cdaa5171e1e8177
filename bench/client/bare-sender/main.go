// The least that an open loop must do, without a row and without a garbage collector at work: on this core and
// against this server, how late does the machine alone make a send? Arguments: host:port, requests/s, seconds.
// Prints the send lag p99 in µs.
package main

import (
	"fmt"
	"os"
	"sort"
	"strconv"
	"syscall"
	"time"
)

const connections = 64

func main() {
	rate, seconds := number(os.Args[2]), number(os.Args[3])
	count := int(rate * seconds)
	request := []byte("GET / HTTP/1.1\r\nHost: " + os.Args[1] + "\r\n\r\n")
	sockets := open(os.Args[1])
	answer := make([]byte, 65536)
	busy := make([]bool, connections)
	lagsUs := make([]float64, 0, count)
	next := 0
	start := time.Now()
	for sent := 0; sent < count; {
		dueUs := float64(sent) * 1e6 / rate
		lagUs := float64(time.Since(start).Nanoseconds())/1e3 - dueUs
		if lagUs >= 0 && !busy[next] {
			_, err := syscall.Write(sockets[next], request)
			must(err)
			busy[next] = true
			next = (next + 1) % connections
			lagsUs = append(lagsUs, lagUs)
			sent++
		}
		// The oldest request in flight: its connection is the next to go out again.
		for i := 0; i < connections; i++ {
			socket := (next + i) % connections
			if !busy[socket] {
				continue
			}
			n, err := syscall.Read(sockets[socket], answer)
			if err != syscall.EAGAIN {
				must(err)
			}
			busy[socket] = n <= 0
			break
		}
	}
	sort.Float64s(lagsUs)
	fmt.Println(int(lagsUs[count*99/100]))
}

func open(address string) []int {
	var host [4]byte
	var port int
	_, err := fmt.Sscanf(address, "%d.%d.%d.%d:%d", &host[0], &host[1], &host[2], &host[3], &port)
	must(err)
	sockets := make([]int, connections)
	for i := range sockets {
		sockets[i], err = syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
		must(err)
		must(syscall.Connect(sockets[i], &syscall.SockaddrInet4{Port: port, Addr: host}))
		must(syscall.SetNonblock(sockets[i], true))
		must(syscall.SetsockoptInt(sockets[i], syscall.IPPROTO_TCP, syscall.TCP_NODELAY, 1))
	}
	return sockets
}

func number(text string) float64 {
	value, err := strconv.ParseFloat(text, 64)
	must(err)
	return value
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
