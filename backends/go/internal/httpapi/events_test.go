package httpapi

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"twofold/backends/go/internal/events"
)

const shortTimeout = 50 * time.Millisecond

// eventServer gives a request less time than a stream takes, and little room in the buffers of its connections.
func eventServer(t *testing.T) (*httptest.Server, *events.Hub) {
	t.Helper()
	hub := events.NewHub()
	server := httptest.NewUnstartedServer(New(Services{Events: hub}))
	server.Config.ReadTimeout, server.Config.WriteTimeout = shortTimeout, shortTimeout
	server.Config.ConnState = func(conn net.Conn, state http.ConnState) {
		if state == http.StateNew {
			_ = conn.(*net.TCPConn).SetWriteBuffer(4096)
		}
	}
	server.Start()
	t.Cleanup(server.Close)
	return server, hub
}

func subscribe(t *testing.T, server *httptest.Server) *bufio.Reader {
	t.Helper()
	response, err := server.Client().Get(server.URL + eventsPath)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = response.Body.Close() })
	if response.StatusCode != http.StatusOK || response.Header.Get("Content-Type") != "text/event-stream" ||
		response.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("%d %v", response.StatusCode, response.Header)
	}
	return bufio.NewReader(response.Body)
}

func wantEvent(t *testing.T, stream *bufio.Reader, second int64) {
	t.Helper()
	for _, want := range []string{fmt.Sprintf("id: %d\n", second), fmt.Sprintf("data: {\"second\":%d}\n", second), "\n"} {
		if line, err := stream.ReadString('\n'); line != want {
			t.Fatalf("%q, %v, want %q", line, err, want)
		}
	}
}

func TestEveryStreamHasEverySecondInOrder(t *testing.T) {
	server, hub := eventServer(t)
	one, other := subscribe(t, server), subscribe(t, server) // each has its head before there is an event
	time.Sleep(3 * shortTimeout)
	first := time.Now().Unix() + 1
	for second := first; second < first+100; second++ {
		hub.Publish(second)
		wantEvent(t, one, second)
		wantEvent(t, other, second)
	}
}

func TestWhoDoesNotReadIsClosedAndNobodyElse(t *testing.T) {
	server, hub := eventServer(t)
	reading := subscribe(t, server)

	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.(*net.TCPConn).SetReadBuffer(4096)
	_, _ = io.WriteString(conn, "GET "+eventsPath+" HTTP/1.1\r\nHost: x\r\n\r\n")
	silent := bufio.NewReaderSize(conn, 16)
	if line, err := silent.ReadString('\n'); line != "HTTP/1.1 200 OK\r\n" {
		t.Fatalf("%q, %v", line, err)
	}

	const published = 20_000 // more than the buffers of both ends hold
	first := time.Now().Unix() + 1
	for second := first; second < first+published; second++ {
		hub.Publish(second)
		wantEvent(t, reading, second)
	}
	var kept strings.Builder
	_, err = io.Copy(&kept, silent)
	if events := strings.Count(kept.String(), "id: "); events == 0 || events >= published {
		t.Errorf("%d of %d events were kept", events, published)
	}
	if strings.HasSuffix(kept.String(), "\r\n0\r\n\r\n") {
		t.Errorf("a stream that lacks events ends as if it were whole, %v", err)
	}
}

func TestTheHeadOfAStreamAlone(t *testing.T) {
	w := request(t, New(Services{Events: events.NewHub()}), "HEAD", eventsPath, "", "")
	if w.Code != http.StatusOK || w.Header().Get("Content-Type") != "text/event-stream" || w.Body.Len() != 0 {
		t.Errorf("%d %v %s", w.Code, w.Header(), w.Body)
	}
}
