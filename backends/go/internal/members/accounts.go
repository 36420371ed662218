// Package members logs people in: passwords hashed by Argon2id, and signed tokens for who knows one.
package members

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"time"

	"github.com/alexedwards/argon2id"
	"github.com/golang-jwt/jwt/v5"
)

const tokenLife = time.Hour

var (
	// ErrLogin is another name or password than there is.
	ErrLogin = errors.New("there is no such name with this password")
	// ErrToken is a token that opens nothing.
	ErrToken = errors.New("the token is not good")
)

// Accounts are names and the hashes of their passwords.
type Accounts struct {
	hashes map[string]string
	anyone string
	key    []byte
	turns  chan struct{}
	parser *jwt.Parser
}

// Open reads a file of accounts. At most so many hashes as there are cores are computed at once: each takes 19 MiB.
func Open(path, key string, cores int) (*Accounts, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	a := &Accounts{
		key:    []byte(key),
		turns:  make(chan struct{}, cores),
		parser: jwt.NewParser(jwt.WithValidMethods([]string{"HS256"}), jwt.WithExpirationRequired()),
	}
	if err := json.Unmarshal(text, &a.hashes); err != nil {
		return nil, err
	}
	for _, a.anyone = range a.hashes {
		return a, nil
	}
	return nil, errors.New("there is no account")
}

// LogIn returns a token. A name that nobody has costs a hash too, so that the time does not tell which names there are.
func (a *Accounts) LogIn(ctx context.Context, name, password string) (string, error) {
	hash, known := a.hashes[name]
	if !known {
		hash = a.anyone
	}
	right, err := a.compare(ctx, password, hash)
	if err != nil {
		return "", err
	}
	if !known || !right {
		return "", ErrLogin
	}
	now := time.Now()
	return jwt.NewWithClaims(jwt.SigningMethodHS256, jwt.RegisteredClaims{
		Subject:   name,
		IssuedAt:  jwt.NewNumericDate(now),
		ExpiresAt: jwt.NewNumericDate(now.Add(tokenLife)),
	}).SignedString(a.key)
}

func (a *Accounts) compare(ctx context.Context, password, hash string) (bool, error) {
	select {
	case a.turns <- struct{}{}:
		defer func() { <-a.turns }()
		return argon2id.ComparePasswordAndHash(password, hash)
	case <-ctx.Done():
		return false, ctx.Err()
	}
}

// NameOf returns whose token this is, or ErrToken.
func (a *Accounts) NameOf(token string) (string, error) {
	var claims jwt.RegisteredClaims
	_, err := a.parser.ParseWithClaims(token, &claims, func(*jwt.Token) (any, error) { return a.key, nil })
	if err != nil || claims.Subject == "" {
		return "", ErrToken
	}
	return claims.Subject, nil
}
