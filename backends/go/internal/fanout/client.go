// Package fanout asks the slow upstream for many values at once.
package fanout

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"sync"
	"time"
)

const (
	// callTimeout is how long a call may take, its wait for a connection included.
	callTimeout = 2 * time.Second

	// maxConnections is for the whole service; a call that finds them all busy waits for one.
	maxConnections  = 4096
	idleConnTimeout = 75 * time.Second

	maxAnswerBytes = 4 << 10
	maxValue       = 1<<53 - 1 // 64 of them add up without overflow.
)

// Client calls one upstream over connections that it keeps.
type Client struct {
	base string
	http *http.Client
}

// NewClient returns a client of the upstream at baseURL. It connects when it is first used.
func NewClient(baseURL string) (*Client, error) {
	parsed, err := url.Parse(baseURL)
	if err != nil {
		return nil, err
	}
	if parsed.Scheme != "http" || parsed.Host == "" || parsed.RawQuery != "" || parsed.Fragment != "" {
		return nil, fmt.Errorf("%q is not like http://127.0.0.1:8080", baseURL)
	}
	return &Client{
		base: strings.TrimSuffix(parsed.String(), "/") + "/values/",
		http: &http.Client{
			Transport: &http.Transport{
				DialContext:         (&net.Dialer{Timeout: callTimeout}).DialContext,
				MaxConnsPerHost:     maxConnections,
				MaxIdleConnsPerHost: maxConnections,
				IdleConnTimeout:     idleConnTimeout,
				DisableCompression:  true,
			},
			CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		},
	}, nil
}

// Values makes the calls 0 to calls-1 for key at once and returns their values in that order: nil for each that failed.
func (c *Client) Values(ctx context.Context, key int64, calls int) []*int64 {
	ctx, cancel := context.WithTimeout(ctx, callTimeout)
	defer cancel()
	values := make([]*int64, calls)
	var group sync.WaitGroup
	for call := range values {
		group.Go(func() {
			if value, err := c.value(ctx, key, call); err == nil {
				values[call] = &value
			}
		})
	}
	group.Wait()
	return values
}

func (c *Client) value(ctx context.Context, key int64, call int) (int64, error) {
	target := c.base + strconv.FormatInt(key, 10) + "/" + strconv.Itoa(call)
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, target, nil)
	if err != nil {
		return 0, err
	}
	response, err := c.http.Do(request)
	if err != nil {
		return 0, err
	}
	defer func() { _ = response.Body.Close() }()
	body, err := io.ReadAll(io.LimitReader(response.Body, maxAnswerBytes)) // To the end, or the connection is not kept.
	if err != nil {
		return 0, err
	}
	if response.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the upstream answered %s", response.Status)
	}
	return decodeAnswer(body)
}

func decodeAnswer(body []byte) (int64, error) {
	var answer struct {
		Value *int64 `json:"value"`
	}
	if err := json.Unmarshal(body, &answer); err != nil {
		return 0, err
	}
	if answer.Value == nil || *answer.Value > maxValue || *answer.Value < -maxValue {
		return 0, errors.New("the upstream's answer holds no usable value")
	}
	return *answer.Value, nil
}
