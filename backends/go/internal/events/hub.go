// Package events tells subscribers of each second of the wall clock as it begins.
package events

import (
	"context"
	"fmt"
	"sync"
	"time"
)

// backlog is how many events wait for a subscriber before it is given up: a minute, and far less than 64 KiB.
const backlog = 64

// Event is a second that has begun. All subscribers share it.
type Event struct {
	second int64 // in Unix time

	// Text is the event as text/event-stream has it.
	Text []byte
}

func newEvent(second int64) *Event {
	return &Event{second, fmt.Appendf(nil, "id: %d\ndata: {\"second\":%d}\n\n", second, second)}
}

// Hub has one clock for all subscribers.
type Hub struct {
	mutex         sync.Mutex
	subscriptions map[*Subscription]struct{}
	closed        bool
}

// NewHub makes a hub without a subscriber. It is silent until Run.
func NewHub() *Hub {
	return &Hub{subscriptions: make(map[*Subscription]struct{})}
}

// Run publishes each second as it begins, never before, until ctx is done; then it ends all subscriptions. A process that
// was kept from running publishes what it has missed.
func (h *Hub) Run(ctx context.Context) {
	defer h.close()
	for second := time.Now().Unix() + 1; ; second++ {
		begins := time.Unix(second, 0)
		for wait := time.Until(begins); wait > 0; wait = time.Until(begins) {
			select {
			case <-ctx.Done():
				return
			case <-time.After(wait):
			}
		}
		h.Publish(second)
	}
}

// Publish gives a second to every subscriber that was there before it began, and waits for none: a subscriber whose
// backlog is full is given up.
func (h *Hub) Publish(second int64) {
	event := newEvent(second)
	h.mutex.Lock()
	defer h.mutex.Unlock()
	for subscription := range h.subscriptions {
		if second <= subscription.since {
			continue
		}
		select {
		case subscription.events <- event:
		default:
			subscription.giveUp()
			h.remove(subscription)
		}
	}
}

// Subscription is what one subscriber has not taken yet.
type Subscription struct {
	hub    *Hub
	since  int64
	events chan *Event
	giveUp func()
}

// Subscribe asks for each second that begins from now on. giveUp is called once where the subscriber does not keep up: it
// must not wait, and it is not called any more when Close has returned.
func (h *Hub) Subscribe(giveUp func()) *Subscription {
	s := &Subscription{h, time.Now().Unix(), make(chan *Event, backlog), giveUp}
	h.mutex.Lock()
	defer h.mutex.Unlock()
	if h.closed {
		close(s.events)
	} else {
		h.subscriptions[s] = struct{}{}
	}
	return s
}

// Events is closed when the hub stops and when the subscriber is given up.
func (s *Subscription) Events() <-chan *Event { return s.events }

// Close ends the subscription. It may have ended already.
func (s *Subscription) Close() {
	s.hub.mutex.Lock()
	defer s.hub.mutex.Unlock()
	s.hub.remove(s)
}

// remove is called with the mutex held.
func (h *Hub) remove(subscription *Subscription) {
	if _, there := h.subscriptions[subscription]; there {
		delete(h.subscriptions, subscription)
		close(subscription.events)
	}
}

func (h *Hub) close() {
	h.mutex.Lock()
	defer h.mutex.Unlock()
	h.closed = true
	for subscription := range h.subscriptions {
		h.remove(subscription)
	}
}
