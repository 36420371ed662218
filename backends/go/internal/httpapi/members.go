package httpapi

import (
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"unicode/utf8"

	"twofold/backends/go/internal/members"
)

const (
	maxLoginName = 100
	maxPassword  = 200
)

type tokenBody struct {
	Token string `json:"token"`
}

var errNoAccounts = &requestError{http.StatusServiceUnavailable, "this service was started without accounts"}

func (a *API) LogIn(w http.ResponseWriter, r *http.Request) {
	fields, err := readObject(w, r)
	if err != nil {
		writeError(w, err)
		return
	}
	name, okName := decodeText(fields["name"], maxLoginName)
	password, okPassword := decodeText(fields["password"], maxPassword)
	if len(fields) != 2 || !okName || !okPassword {
		writeError(w, &requestError{http.StatusUnprocessableEntity,
			"the body must be an object with just name, of 1 to 100 characters, and password, of 1 to 200"})
		return
	}
	if a.members == nil {
		writeError(w, errNoAccounts)
		return
	}
	token, err := a.members.LogIn(r.Context(), name, password)
	if err != nil {
		refuse(w, err)
		return
	}
	writeJSON(w, http.StatusOK, tokenBody{token})
}

func decodeText(raw json.RawMessage, most int) (string, bool) {
	if raw == nil {
		return "", false
	}
	text, ok := decodeValue[string](raw)
	length := utf8.RuneCountInString(text)
	return text, ok && length >= 1 && length <= most
}

// getMemberItem checks the token before it says anything of the item.
func (a *API) GetMemberItem(w http.ResponseWriter, r *http.Request) {
	if a.members == nil {
		writeError(w, errNoAccounts)
		return
	}
	token, ok := strings.CutPrefix(r.Header.Get("Authorization"), "Bearer ")
	if !ok {
		refuse(w, members.ErrToken)
		return
	}
	if _, err := a.members.NameOf(token); err != nil {
		refuse(w, err)
		return
	}
	a.GetItem(w, r)
}

func refuse(w http.ResponseWriter, err error) {
	if errors.Is(err, members.ErrLogin) || errors.Is(err, members.ErrToken) {
		w.Header().Set("WWW-Authenticate", "Bearer")
		err = &requestError{http.StatusUnauthorized, err.Error()}
	}
	writeError(w, err)
}
