package server

import (
	"context"
	"net"
	"net/http"
	"testing"
	"time"
)

// recordingConn notes the last deadline for reading.
type recordingConn struct {
	net.Conn
	deadline time.Time
}

func (c *recordingConn) SetReadDeadline(deadline time.Time) error {
	c.deadline = deadline
	return nil
}

func TestAFreshConnectionMayBeIdleAndARequestMayNot(t *testing.T) {
	server, client := net.Pipe()
	defer func() { _, _ = server.Close(), client.Close() }()
	recording := &recordingConn{Conn: server}
	conn := &freshConn{Conn: recording, fresh: true}

	_ = conn.SetReadDeadline(time.Now().Add(readTimeout))
	if wait := time.Until(recording.deadline); wait < idleTimeout-time.Second {
		t.Errorf("before its first byte it is closed in %v", wait)
	}
	go func() { _, _ = client.Write([]byte("GET")) }()
	if _, err := conn.Read(make([]byte, 8)); err != nil {
		t.Fatal(err)
	}
	if wait := time.Until(recording.deadline); wait > readTimeout {
		t.Errorf("after its first byte it is closed in %v", wait)
	}
	want := time.Now().Add(time.Minute)
	_ = conn.SetReadDeadline(want)
	if !recording.deadline.Equal(want) {
		t.Errorf("a later deadline was changed to %v", recording.deadline)
	}
}

func TestAPatientListenerServes(t *testing.T) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(context.Background())
	served := make(chan error, 1)
	go func() { served <- serve(ctx, newPatientListener(listener), http.NotFoundHandler()) }()
	for range 2 { // the second on the same connection
		response, err := http.Get("http://" + listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		_ = response.Body.Close()
	}
	stop()
	if err := <-served; err != nil {
		t.Errorf("serve: %v", err)
	}
}
