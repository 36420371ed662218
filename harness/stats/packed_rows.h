/* packed_rows: an array of structs, kept column by column in as few bytes as the range of each column takes: a column
 * that never changes takes none. For readings that come by the thousand and are seldom looked at; any of them can be
 * had at any time. */
#ifndef TWOFOLD_STATS_PACKED_ROWS_H
#define TWOFOLD_STATS_PACKED_ROWS_H

#include <stddef.h>
#include <stdint.h>

/* Of a struct that is packed. */
#define PACKED_ROWS_WORDS_MOST 64

struct packed_rows;

/* Packs `count` structs of `size` bytes, all of whose members are 8 bytes long, at most PACKED_ROWS_WORDS_MOST of them.
 * The rows stay the caller's. Release with packed_rows_free. */
struct packed_rows *packed_rows_new(const void *rows, size_t count, size_t size);
void packed_rows_free(struct packed_rows *packed); /* can be NULL */

/* Lays out the row of this index at `into`, which has room for one struct, bit for bit as it was. */
void packed_rows_get(const struct packed_rows *packed, size_t row, void *into);

/* The member number `word` of that row alone, as the bits of a uint64_t. */
uint64_t packed_rows_word(const struct packed_rows *packed, size_t row, size_t word);

#endif
