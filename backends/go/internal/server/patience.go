package server

import (
	"net"
	"time"
)

// patientListener lets a connection that has sent nothing yet be idle for as long as one between two requests. net/http
// counts its ReadTimeout from the moment at which a connection is opened, and would close one that a client opened ahead
// of its first request.
type patientListener struct{ net.Listener }

func newPatientListener(listener net.Listener) net.Listener {
	return patientListener{listener}
}

func (l patientListener) Accept() (net.Conn, error) {
	conn, err := l.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &freshConn{Conn: conn, fresh: true}, nil
}

// freshConn is fresh until its first byte has come. Only the goroutine that reads the first request sees it so.
type freshConn struct {
	net.Conn
	fresh bool
}

func (c *freshConn) SetReadDeadline(deadline time.Time) error {
	if c.fresh {
		deadline = time.Now().Add(idleTimeout)
	}
	return c.Conn.SetReadDeadline(deadline)
}

func (c *freshConn) Read(into []byte) (int, error) {
	count, err := c.Conn.Read(into)
	if c.fresh && count > 0 {
		c.fresh = false
		_ = c.SetReadDeadline(time.Now().Add(readTimeout)) // A connection that has ended tells so when it is read.
	}
	return count, err
}
