// The reference server in Go: the message API on net/http. It has neither COMMIT_DELAY nor MAX_INFLIGHT: each row is
// synchronised on its own, and however many requests come are taken.
//
//	go build -o server-go . && PORT=8080 DATA_DIR=data REPLICA=r1 ./server-go
package main

import (
	"context"
	"crypto/rand"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log"
	"mime"
	"net"
	"net/http"
	"os"
	"os/signal"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync/atomic"
	"syscall"
	"time"
	"unicode/utf8"
)

var (
	// Neither begins with "-": a spreadsheet would take its cell for a formula.
	requestIDPattern = regexp.MustCompile(`^[A-Za-z0-9._:][A-Za-z0-9._:-]{0,127}$`)
	replicaPattern   = regexp.MustCompile(`^[A-Za-z0-9.][A-Za-z0-9.-]{0,127}$`)
	// Line breaks for any reader, and the other control characters but the tab.
	controlPattern = regexp.MustCompile(`[\x00-\x08\x0a-\x1f\x7f-\x{9f}\x{2028}\x{2029}]`)
)

const (
	maxBodyBytes       = 1 << 20
	maxFieldCharacters = 256
	maxWholeNumber     = 1<<53 - 1
)

type server struct {
	replica  string
	service  service
	ledger   *ledger
	inFlight atomic.Int64
}

// setting reads an environment variable; an empty one counts as absent.
func setting(name, fallback string) string {
	if value := os.Getenv(name); value != "" {
		return value
	}
	return fallback
}

func main() {
	host, _ := os.Hostname()
	replica := setting("REPLICA", host)
	if !replicaPattern.MatchString(replica) {
		log.Fatalf("REPLICA is %q; it takes 1 to 128 letters, digits, \"-\" and \".\", not beginning with -", replica)
	}
	path := filepath.Join(setting("DATA_DIR", "data"), "ledger-"+replica+".csv")
	ledger, err := openLedger(path, replica, setting("DURABILITY", "sync") == "sync")
	if err != nil {
		log.Fatal(err)
	}
	serviceTime, err := time.ParseDuration(setting("SERVICE_TIME", "0"))
	if err != nil {
		log.Fatal(err)
	}
	parallelism, err := strconv.Atoi(setting("SERVICE_PARALLELISM", "1"))
	if err != nil {
		log.Fatal(err)
	}
	s := &server{replica: replica, ledger: ledger}
	s.service = newService(setting("SERVICE_KIND", "wait"), serviceTime, parallelism)

	listener, err := net.Listen("tcp", net.JoinHostPort(setting("HOST", "127.0.0.1"), setting("PORT", "8080")))
	if err != nil {
		log.Fatal(err)
	}
	if os.Getenv("END_WITH_STDIN") == "true" {
		go func() {
			io.Copy(io.Discard, os.Stdin)
			os.Exit(0)
		}()
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	serve(listener, s.routes())
	ledger.file.Close()
}

// serve returns when SIGTERM or SIGINT came and what was in flight is answered.
func serve(listener net.Listener, handler http.Handler) {
	drain, err := time.ParseDuration(setting("DRAIN", "10s"))
	if err != nil {
		log.Fatal(err)
	}
	httpServer := &http.Server{Handler: handler, ReadHeaderTimeout: 10 * time.Second, ReadTimeout: 30 * time.Second, IdleTimeout: 75 * time.Second}
	signals, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	go httpServer.Serve(listener)
	<-signals.Done()
	stop()
	deadline, cancel := context.WithTimeout(context.Background(), drain)
	defer cancel()
	httpServer.Shutdown(deadline)
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("POST /messages", s.postMessage)
	mux.HandleFunc("GET /{$}", func(w http.ResponseWriter, r *http.Request) {
		if r.Method == http.MethodGet {
			s.record(w, r, []string{"", "", "", ""}, http.StatusOK)
		}
	})
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { fmt.Fprintln(w, "alive") })
	mux.HandleFunc("GET /readyz", func(w http.ResponseWriter, _ *http.Request) {
		if !s.ledger.ready() {
			refuse(w, http.StatusServiceUnavailable, "The disk failed.")
			return
		}
		fmt.Fprintln(w, "ready")
	})
	mux.HandleFunc("GET /metrics", func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprintf(w, "# TYPE escala_requests_in_flight gauge\nescala_requests_in_flight %d\n%s", s.inFlight.Load(), witness())
	})
	mux.HandleFunc("GET /ledger", func(w http.ResponseWriter, r *http.Request) {
		if !mayReadLedger(r, os.Getenv("LEDGER_TOKEN")) {
			w.Header().Set("www-authenticate", "Bearer")
			refuse(w, http.StatusUnauthorized, "From elsewhere, the ledger needs the bearer token of LEDGER_TOKEN.")
			return
		}
		w.Header().Set("content-type", "text/csv")
		http.ServeContent(w, r, "", time.Time{}, s.ledger.reader())
	})
	return mux
}

// mayReadLedger is for requests from this machine, and for those that carry the token; without one, for no others.
func mayReadLedger(r *http.Request, token string) bool {
	host, _, _ := net.SplitHostPort(r.RemoteAddr)
	if net.ParseIP(host).IsLoopback() {
		return true
	}
	given := []byte(r.Header.Get("authorization"))
	return token != "" && subtle.ConstantTimeCompare(given, []byte("Bearer "+token)) == 1
}

func refuse(w http.ResponseWriter, status int, sentence string) {
	w.Header().Set("content-type", "application/json")
	if status == http.StatusServiceUnavailable {
		w.Header().Set("retry-after", "1")
	}
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]string{"message": sentence})
}

// readBody is all of the body, or the status and the sentence of its refusal.
func readBody(w http.ResponseWriter, r *http.Request) (body []byte, status int, fault string) {
	if r.ContentLength > maxBodyBytes {
		return nil, http.StatusRequestEntityTooLarge, "The body is too large."
	}
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, maxBodyBytes))
	var tooLarge *http.MaxBytesError
	switch {
	case errors.As(err, &tooLarge):
		return nil, http.StatusRequestEntityTooLarge, "The body is too large."
	case errors.Is(err, os.ErrDeadlineExceeded):
		return nil, http.StatusRequestTimeout, "The body took too long to arrive."
	case err != nil:
		return nil, http.StatusBadRequest, "The body ended too early."
	case !utf8.Valid(body):
		return nil, http.StatusBadRequest, "The body is not UTF-8."
	}
	return body, 0, ""
}

func (s *server) postMessage(w http.ResponseWriter, r *http.Request) {
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("content-type")); kind != "application/json" {
		refuse(w, http.StatusUnsupportedMediaType, "A message is application/json.")
		return
	}
	body, status, fault := readBody(w, r)
	if fault != "" {
		refuse(w, status, fault)
		return
	}
	var message map[string]any
	decoder := json.NewDecoder(strings.NewReader(string(body)))
	decoder.UseNumber()
	if err := decoder.Decode(&message); err != nil || message == nil || decoder.More() {
		refuse(w, http.StatusBadRequest, fmt.Sprintf("The body is not a JSON object (at byte %d).", decoder.InputOffset()))
		return
	}
	cells := make([]string, 0, 4)
	for _, name := range []string{"run", "cell", "client", "message"} {
		cell, fault := field(message[name], name == "client" || name == "message")
		if fault != "" {
			refuse(w, http.StatusBadRequest, fmt.Sprintf("%q %s.", name, fault))
			return
		}
		cells = append(cells, cell)
	}
	s.record(w, r, cells, http.StatusCreated)
}

// field is the CSV cell of a value from a message, or what is wrong with it.
func field(value any, numbered bool) (cell, fault string) {
	switch value := value.(type) {
	case nil:
		return "", "is missing"
	case string:
		if len([]rune(value)) > maxFieldCharacters {
			return "", fmt.Sprintf("is longer than %d characters", maxFieldCharacters)
		}
		// encoding/json puts U+FFFD in place of half a character.
		if controlPattern.MatchString(value) || strings.ContainsRune(value, utf8.RuneError) {
			return "", "holds a line break, another control character or half a character"
		}
		return textCell(value), ""
	case json.Number:
		number, err := value.Int64()
		if numbered && err == nil && max(number, -number) <= maxWholeNumber {
			return strconv.FormatInt(number, 10), ""
		}
	}
	if numbered {
		return "", "must be a whole number below 2^53, or text"
	}
	return "", "must be text"
}

func (s *server) record(w http.ResponseWriter, r *http.Request, said []string, status int) {
	receivedUs := nowUs()
	id := r.Header.Get("x-request-id")
	if id == "" {
		id = rand.Text()
	}
	if !requestIDPattern.MatchString(id) {
		refuse(w, http.StatusBadRequest, "x-request-id is no id.")
		return
	}
	s.inFlight.Add(1)
	defer s.inFlight.Add(-1)
	queueUs, serviceUs := s.service.serve()
	row := fmt.Sprintf("%s,%s,%s,%d,%d,%d,%s,%s,%d\n",
		id, strings.Join(said, ","), s.replica, receivedUs, queueUs, serviceUs, r.Method, textCell(r.URL.Path), status)
	if err := s.ledger.append(row); err != nil {
		refuse(w, http.StatusServiceUnavailable, "The ledger cannot be written.")
		return
	}
	w.Header().Set("content-type", "application/json")
	w.WriteHeader(status)
	json.NewEncoder(w).Encode(map[string]any{"replica": s.replica, "requestId": id, "serviceUs": serviceUs})
}
