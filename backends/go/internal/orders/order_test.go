package orders

import (
	"errors"
	"strings"
	"testing"
)

func TestDraftsAtAndPastTheLimits(t *testing.T) {
	lines := func(count int) []DraftLine {
		lines := make([]DraftLine, count)
		for i := range lines {
			lines[i] = DraftLine{int64(i + 1), 1}
		}
		return lines
	}
	for name, test := range map[string]struct {
		draft Draft
		want  error
	}{
		"the least":           {Draft{"a", []DraftLine{{1, 1}}}, nil},
		"the most":            {Draft{strings.Repeat("😀", 100), lines(20)}, nil},
		"the highest":         {Draft{"a", []DraftLine{{MaxID, 100}}}, nil},
		"no customer":         {Draft{"", lines(1)}, ErrCustomer},
		"a long customer":     {Draft{strings.Repeat("a", 101), lines(1)}, ErrCustomer},
		"a NUL":               {Draft{"a\x00", lines(1)}, ErrCustomer},
		"no lines":            {Draft{"a", nil}, ErrLines},
		"too many lines":      {Draft{"a", lines(21)}, ErrLines},
		"item 0":              {Draft{"a", []DraftLine{{0, 1}}}, ErrItemID},
		"an item above 2^53":  {Draft{"a", []DraftLine{{MaxID + 1, 1}}}, ErrItemID},
		"a quantity of 0":     {Draft{"a", []DraftLine{{1, 0}}}, ErrQuantity},
		"a quantity over 100": {Draft{"a", []DraftLine{{1, 101}}}, ErrQuantity},
	} {
		if err := test.draft.Validate(); !errors.Is(err, test.want) {
			t.Errorf("%s: %v, want %v", name, err, test.want)
		}
	}
	if err := (Draft{"a", []DraftLine{{1, 1}, {2, 1}, {1, 1}}}).Validate(); err == nil {
		t.Error("an item may be in an order twice")
	}
}
