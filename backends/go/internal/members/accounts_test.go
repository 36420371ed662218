package members

import (
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/golang-jwt/jwt/v5"
)

const key = "0123456789abcdef0123456789abcdef"

func open(t *testing.T) *Accounts {
	t.Helper()
	folder := os.Getenv("CONTRACT_FOLDER") // where a copy of the backend is tested
	if folder == "" {
		folder = "../../../contract"
	}
	accounts, err := Open(filepath.Join(folder, "accounts", "members.json"), key, 2)
	if err != nil {
		t.Fatal(err)
	}
	return accounts
}

func TestWhoKnowsThePasswordGetsAToken(t *testing.T) {
	accounts := open(t)
	token, err := accounts.LogIn(t.Context(), "member-1", "kodi difece!")
	if err != nil {
		t.Fatal(err)
	}
	if name, err := accounts.NameOf(token); name != "member-1" || err != nil {
		t.Errorf("%q, %v", name, err)
	}
	var claims jwt.RegisteredClaims
	if _, _, err := jwt.NewParser().ParseUnverified(token, &claims); err != nil {
		t.Fatal(err)
	}
	if life := claims.ExpiresAt.Sub(claims.IssuedAt.Time); life != time.Hour {
		t.Errorf("a life of %v", life)
	}
	for _, wrong := range [][2]string{{"member-1", "kodi difece"}, {"member-65", "kodi difece!"}, {"", ""}} {
		if _, err := accounts.LogIn(t.Context(), wrong[0], wrong[1]); !errors.Is(err, ErrLogin) {
			t.Errorf("%v: %v", wrong, err)
		}
	}
}

func TestOtherTokensAreNone(t *testing.T) {
	accounts := open(t)
	now := time.Now()
	good := jwt.MapClaims{"sub": "member-1", "iat": now.Unix(), "exp": now.Add(time.Minute).Unix()}
	for name, test := range map[string]struct {
		method jwt.SigningMethod
		key    any
		claims jwt.MapClaims
	}{
		"another key":  {jwt.SigningMethodHS256, []byte("another"), good},
		"unsigned":     {jwt.SigningMethodNone, jwt.UnsafeAllowNoneSignatureType, good},
		"another hash": {jwt.SigningMethodHS512, []byte(key), good},
		"ended":        {jwt.SigningMethodHS256, []byte(key), jwt.MapClaims{"sub": "x", "exp": now.Add(-time.Minute).Unix()}},
		"endless":      {jwt.SigningMethodHS256, []byte(key), jwt.MapClaims{"sub": "x"}},
		"nobody's":     {jwt.SigningMethodHS256, []byte(key), jwt.MapClaims{"exp": now.Add(time.Minute).Unix()}},
	} {
		token, err := jwt.NewWithClaims(test.method, test.claims).SignedString(test.key)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := accounts.NameOf(token); !errors.Is(err, ErrToken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
