/* page: what the page of items, which a service renders for people, shows: as JSON, so that what came is compared with
 * what must be there as any other response is. */
#ifndef TWOFOLD_CONTRACT_VERIFY_PAGE_H
#define TWOFOLD_CONTRACT_VERIFY_PAGE_H

#include "base/text.h"

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What must be shown of these items: {"heading", "rows": [{"id", "link", "title", "name", "price", "stock", "tags"}],
 * "next"}, a new reference, all of it strings as a person reads them; "next" is null on the last page. `listing` is
 * {"items", "next_after"}. A string that HTML cannot hold (U+0000, a carriage return) is null. */
json_t *page_expect(const json_t *listing, uint64_t after, size_t limit);

/* What an HTML document shows, in the same form, a new reference. Whatever the bytes are, something comes of them. */
json_t *page_read(const char *data, size_t length);

/* Whether the document shows what is expected; what is null there may be anything. Otherwise the first difference is
 * appended to `wrong`. */
bool page_matches(const json_t *expected, const struct text *document, struct text *wrong);

#endif
