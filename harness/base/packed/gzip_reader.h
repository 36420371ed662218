/* gzip_reader: text that is compressed as gzip, unpacked piece by piece. Members that follow one another hold one text,
 * as gzip itself has it. Nothing is believed of bytes from outside: they may be cut short, damaged, or made to unpack
 * to more than any disk holds. */
#ifndef TWOFOLD_BASE_PACKED_GZIP_READER_H
#define TWOFOLD_BASE_PACKED_GZIP_READER_H

#include "base/text.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More than this is not unpacked; nor is, from GZIP_READER_TRAP_FROM bytes on, what comes to more than
 * GZIP_READER_RATIO_MOST times its compressed bytes. Run logs come to three to ten times theirs. */
#define GZIP_READER_MOST       ((uint64_t)4 << 30)
#define GZIP_READER_TRAP_FROM  ((uint64_t)64 << 20)
#define GZIP_READER_RATIO_MOST 200

struct gzip_reader;

/* How far a reader has come. */
enum gzip_state {
    GZIP_GOES_ON,
    GZIP_WHOLE,   /* all is read, and the last member has its end */
    GZIP_CUT,     /* all is read, and the last member has none: what came of it is as it was written, but not checked */
    GZIP_DAMAGED, /* bytes that are no gzip, or that do not fit their checksum */
    GZIP_TOO_LONG, /* see above */
};

/* `read` puts up to `room` bytes of what `from` stands for at `into`, and returns how many; 0: there are no more.
 * Release with gzip_reader_free. */
struct gzip_reader *gzip_reader_new(size_t (*read)(void *from, void *into, size_t room), void *from);
void gzip_reader_free(struct gzip_reader *reader); /* can be NULL */

/* Whether bytes that begin with this one are to be read as gzip: no text begins with it. */
bool gzip_reader_is_gzip(int first_byte);

/* Unpacks up to `room` bytes and returns how many came, which may be none while gzip_reader_state is GZIP_GOES_ON. It
 * stops at the end of a member; what is unpacked by the call that finds damage is not given away. */
size_t gzip_reader_read(struct gzip_reader *reader, void *into, size_t room);

enum gzip_state gzip_reader_state(const struct gzip_reader *reader);

/* Whether all that was given away is of members that are over and fit their checksums. */
bool gzip_reader_is_checked(const struct gzip_reader *reader);

/* The compressed bytes of all whole members so far. */
uint64_t gzip_reader_whole(const struct gzip_reader *reader);

/* After damage: goes on with the next member behind it. False: there is none. */
bool gzip_reader_skip(struct gzip_reader *reader);

/* Appends what the `length` bytes hold to `ret_text`, and returns how that ended. */
enum gzip_state gzip_reader_unpack(const void *bytes, size_t length, struct text *ret_text);

#endif
