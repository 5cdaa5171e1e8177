// The answers that the client must read, by net/http.
package main

import (
	"bytes"
	"fmt"
	"net"
	"net/http"
)

func main() {
	http.HandleFunc("/length", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Length", "11")
		fmt.Fprint(w, "hello world")
	})
	http.HandleFunc("/chunked", func(w http.ResponseWriter, _ *http.Request) {
		for _, part := range []string{"hello ", "wor", "ld"} {
			fmt.Fprint(w, part)
			w.(http.Flusher).Flush()
		}
	})
	http.HandleFunc("/close", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Connection", "close")
		fmt.Fprint(w, "hello world")
	})
	http.HandleFunc("/interim", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Link", "</style.css>")
		w.WriteHeader(http.StatusEarlyHints)
		fmt.Fprint(w, "hello world")
	})
	http.HandleFunc("/redirect", func(w http.ResponseWriter, r *http.Request) {
		http.Redirect(w, r, "/length", http.StatusFound)
	})
	http.HandleFunc("/empty", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	http.HandleFunc("/big", func(w http.ResponseWriter, _ *http.Request) { w.Write(bytes.Repeat([]byte("x"), 1<<20)) })
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("listening on http://%s\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
