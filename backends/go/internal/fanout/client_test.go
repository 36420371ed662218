package fanout

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

func clientOf(t *testing.T, handler http.HandlerFunc) *Client {
	t.Helper()
	upstream := httptest.NewServer(handler)
	t.Cleanup(upstream.Close)
	client, err := NewClient(upstream.URL)
	if err != nil {
		t.Fatal(err)
	}
	return client
}

func numbers(values []*int64) string {
	var text []string
	for _, value := range values {
		if value == nil {
			text = append(text, "nil")
		} else {
			text = append(text, fmt.Sprint(*value))
		}
	}
	return strings.Join(text, " ")
}

func TestValuesAreInTheOrderOfTheCalls(t *testing.T) {
	client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
		if path.Base(r.URL.Path) == "0" {
			time.Sleep(20 * time.Millisecond)
		}
		_, _ = fmt.Fprintf(w, `{"value":%s%s}`, path.Base(path.Dir(r.URL.Path)), path.Base(r.URL.Path))
	})
	if got := numbers(client.Values(context.Background(), 7, 4)); got != "70 71 72 73" {
		t.Error(got)
	}
}

func TestACallFailsAloneWhateverTheUpstreamAnswers(t *testing.T) {
	answers := map[string]func(http.ResponseWriter){
		"not 200":        func(w http.ResponseWriter) { w.WriteHeader(503) },
		"a redirect":     func(w http.ResponseWriter) { w.Header().Set("Location", "/values/7/0"); w.WriteHeader(302) },
		"not JSON":       func(w http.ResponseWriter) { _, _ = w.Write([]byte("<html>")) },
		"nothing":        func(http.ResponseWriter) {},
		"no value":       func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{}`)) },
		"null":           func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"value":null}`)) },
		"a string":       func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"value":"1"}`)) },
		"a fraction":     func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"value":1.5}`)) },
		"an array":       func(w http.ResponseWriter) { _, _ = w.Write([]byte(`[1]`)) },
		"too large":      func(w http.ResponseWriter) { _, _ = w.Write([]byte(`{"value":9223372036854775807}`)) },
		"without an end": func(w http.ResponseWriter) { _, _ = w.Write([]byte(strings.Repeat(" ", 1<<20) + `{"value":1}`)) },
		"a hang-up":      func(http.ResponseWriter) { panic(http.ErrAbortHandler) },
		"a body cut short": func(w http.ResponseWriter) {
			w.Header().Set("Content-Length", "99")
			_, _ = w.Write([]byte(`{"value":1}`))
		},
	}
	for name, answer := range answers {
		t.Run(name, func(t *testing.T) {
			client := clientOf(t, func(w http.ResponseWriter, r *http.Request) {
				if strings.HasSuffix(r.URL.Path, "/1") {
					answer(w)
					return
				}
				_, _ = w.Write([]byte(`{"value":5,"more":true}`))
			})
			if got := numbers(client.Values(context.Background(), 7, 3)); got != "5 nil 5" {
				t.Error(got)
			}
		})
	}
}

func TestAnUpstreamThatIsNotThereFailsEveryCall(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_ = listener.Close()
	client, err := NewClient("http://" + listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	if got := numbers(client.Values(context.Background(), 7, 3)); got != "nil nil nil" {
		t.Error(got)
	}
}

// Time is the bubble's own, so that two seconds pass at once and no slow machine makes them too short.
func TestACallIsGivenUpAfterTwoSeconds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		client := clientOfPipes(t, func(far net.Conn) { _, _ = io.Copy(io.Discard, far) })
		start := time.Now()
		if got := numbers(client.Values(context.Background(), 7, 3)); got != "nil nil nil" {
			t.Error(got)
		}
		if passed := time.Since(start); passed != callTimeout {
			t.Errorf("after %v", passed)
		}
	})
}

func TestConnectionsAreKeptAndNoMoreThanTheMostAreOpened(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		var opened atomic.Int64
		client := clientOfPipes(t, func(far net.Conn) {
			opened.Add(1)
			requests := bufio.NewReader(far)
			for {
				if _, err := http.ReadRequest(requests); err != nil {
					return
				}
				time.Sleep(100 * time.Millisecond)
				_, _ = io.WriteString(far, "HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\n{\"value\":1}")
			}
		})
		var group sync.WaitGroup
		for range 3 * maxConnections / 64 {
			group.Go(func() {
				if got := numbers(client.Values(context.Background(), 7, 64)); strings.Contains(got, "nil") {
					t.Error(got)
				}
			})
		}
		group.Wait()
		if opened.Load() != maxConnections {
			t.Errorf("%d connections were opened", opened.Load())
		}
	})
}

// clientOfPipes returns a client whose connections are pipes in memory, with upstream at the far end of each.
func clientOfPipes(t *testing.T, upstream func(far net.Conn)) *Client {
	t.Helper()
	client, err := NewClient("http://upstream")
	if err != nil {
		t.Fatal(err)
	}
	transport := client.http.Transport.(*http.Transport)
	transport.DialContext = func(context.Context, string, string) (net.Conn, error) {
		near, far := net.Pipe()
		go func() {
			upstream(far)
			_ = far.Close()
		}()
		return near, nil
	}
	t.Cleanup(transport.CloseIdleConnections)
	return client
}

func TestUpstreamsThatAreNone(t *testing.T) {
	for _, address := range []string{"", "127.0.0.1:80", "ftp://127.0.0.1", "http://", "http://127.0.0.1:80/?x", "http://\x7f"} {
		if _, err := NewClient(address); err == nil {
			t.Errorf("%q is taken for an upstream", address)
		}
	}
}
