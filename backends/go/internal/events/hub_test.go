package events

import (
	"context"
	"fmt"
	"testing"
	"testing/synctest"
	"time"
)

func never(t *testing.T) func() {
	return func() { t.Error("a subscriber that keeps up is given up") }
}

func wantSecond(t *testing.T, s *Subscription, second int64) {
	t.Helper()
	event, more := <-s.Events()
	if !more {
		t.Fatalf("ended before %d", second)
	}
	if want := fmt.Sprintf("id: %d\ndata: {\"second\":%d}\n\n", second, second); string(event.Text) != want {
		t.Fatalf("%q, want %q", event.Text, want)
	}
}

func TestEachSecondIsPublishedAsItBegins(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		time.Sleep(300 * time.Millisecond) // The clock of the bubble begins at a whole second.
		ctx, stop := context.WithCancel(t.Context())
		hub := NewHub()
		go hub.Run(ctx)

		early := hub.Subscribe(never(t))
		first := time.Now().Unix() + 1
		for second := first; second < first+100; second++ {
			wantSecond(t, early, second)
			if now := time.Now(); !now.Equal(time.Unix(second, 0)) {
				t.Fatalf("%d is published at %v", second, now)
			}
		}
		time.Sleep(500 * time.Millisecond)
		late := hub.Subscribe(never(t))
		wantSecond(t, late, first+100)
		wantSecond(t, early, first+100)

		stop()
		for _, s := range []*Subscription{early, late} {
			if event, more := <-s.Events(); more {
				t.Errorf("after the stop: %q", event.Text)
			}
			s.Close()
		}
		synctest.Wait()
		if _, more := <-hub.Subscribe(never(t)).Events(); more {
			t.Error("a hub that has stopped takes a subscriber")
		}
	})
}

func TestASecondThatHadBegunIsNotPublishedToALateSubscriber(t *testing.T) {
	hub := NewHub()
	s := hub.Subscribe(never(t))
	hub.Publish(s.since - 1)
	hub.Publish(s.since)
	hub.Publish(s.since + 1)
	wantSecond(t, s, s.since+1)
}

func TestWhoDoesNotKeepUpIsGivenUpAlone(t *testing.T) {
	hub := NewHub()
	givenUp := 0
	slow := hub.Subscribe(func() { givenUp++ })
	quick := hub.Subscribe(never(t))
	last := slow.since + 2*backlog
	for second := slow.since + 1; second <= last; second++ {
		hub.Publish(second)
		wantSecond(t, quick, second)
	}
	if givenUp != 1 {
		t.Errorf("given up %d times", givenUp)
	}
	kept := 0
	for event := range slow.Events() {
		kept += len(event.Text)
	}
	if kept == 0 || kept > 64<<10 {
		t.Errorf("%d bytes were kept", kept)
	}
	slow.Close()
	quick.Close()
}
