/* A response in pieces of any size, parsed each time, is what it is in one piece with the header blocks before it
 * known. The input: flags, eight sizes of pieces, what the service sends; ff ff n in it stands for n times 4 KiB of
 * "a", up to 128 KiB in all. */
#include "base/mem.h"
#include "fuzz.h"
#include "load/transport/response_parser.h"

#include <stdlib.h>
#include <string.h>

enum { SIZES = 8, REPLIES_MOST = 4, STREAM_MOST = 128 * 1024 };

struct stream {
    const char *data;
    size_t length;
    const uint8_t *sizes; /* of the pieces, in turn */
    bool to_head, keep_body;
};

struct seen {
    enum response_state state;
    bool keep_alive;
    int status;
    uint64_t body_bytes;
    size_t used;
    struct text body;
};

static void unfold(struct fuzz_bytes *bytes, struct text *out)
{
    char piece[4096];

    memset(piece, 'a', sizeof piece);
    text_append(out, "", 0);
    while (bytes->left > 0) {
        if (bytes->left > 2 && bytes->at[0] == 0xff && bytes->at[1] == 0xff) {
            for (unsigned i = bytes->at[2]; i > 0 && out->length < STREAM_MOST; i--) {
                text_append(out, piece, sizeof piece);
            }
            bytes->at += 3;
            bytes->left -= 3;
        } else {
            char byte = (char)fuzz_byte(bytes);
            text_append(out, &byte, 1);
        }
    }
}

static size_t piece_size(uint8_t size, size_t left)
{
    size_t wanted = size < 200 ? size : (size - 199U) * 1000U;
    return wanted == 0 || wanted > left ? left : wanted;
}

/* Each piece is a block of its own, gone before the next one comes. */
static void read_response(struct response_parser *response, const struct stream *stream, size_t from, struct seen *seen)
{
    size_t at = from, length;
    char *piece = NULL;

    *seen = (struct seen){.state = RESPONSE_MORE};
    response_parser_begin(response, stream->to_head, stream->keep_body);
    for (size_t i = 0; seen->state == RESPONSE_MORE && at < stream->length; i++) {
        size_t size = piece_size(stream->sizes[i % SIZES], stream->length - at), used;
        free(piece);
        piece = malloc(size);
        memcpy(piece, stream->data + at, size);
        seen->state = response_parser_feed(response, piece, size, &used);
        FUZZ_HOLDS(seen->state == RESPONSE_DONE ? used <= size : used == size);
        at += used;
    }
    if (seen->state == RESPONSE_MORE) {
        seen->state = response_parser_end(response);
    }
    seen->used = at - from;
    seen->keep_alive = response->keep_alive;
    seen->status = response->status;
    seen->body_bytes = response->body_bytes;
    const char *body = response_parser_body(response, &length);
    text_append(&seen->body, body, length);
    free(piece);
}

static void check_response(const struct stream *stream, const struct seen *seen)
{
    FUZZ_HOLDS(seen->body_bytes <= seen->used);
    if (seen->state == RESPONSE_DONE) {
        bool has_none = stream->to_head || seen->status == 204 || seen->status == 304;
        FUZZ_HOLDS(seen->status < 100 || seen->status >= 200);
        FUZZ_HOLDS(!has_none || seen->body_bytes == 0);
    }
    uint64_t start = seen->body_bytes < RESPONSE_START_MOST ? seen->body_bytes : RESPONSE_START_MOST;
    FUZZ_HOLDS(seen->body.length == (stream->keep_body ? seen->body_bytes : start));
}

static void check_same(const struct seen *whole, const struct seen *pieces)
{
    FUZZ_HOLDS(whole->state == pieces->state);
    if (whole->state == RESPONSE_DONE) {
        FUZZ_HOLDS(whole->used == pieces->used);
        FUZZ_HOLDS(whole->status == pieces->status);
        FUZZ_HOLDS(whole->keep_alive == pieces->keep_alive);
        FUZZ_HOLDS(whole->body_bytes == pieces->body_bytes);
        FUZZ_HOLDS(memcmp(whole->body.data, pieces->body.data, whole->body.length) == 0);
    }
}

/* One connection, whole and in pieces beside each other: several responses may come, one after another. */
static void read_connection(const struct stream *whole, const struct stream *pieces)
{
    struct known_head known = {0};
    struct response_parser one, other;
    struct seen seen_one = {.state = RESPONSE_DONE}, seen_other;
    size_t at = 0;

    response_parser_init(&one, &known);
    response_parser_init(&other, NULL);
    for (int i = 0; i < REPLIES_MOST && seen_one.state == RESPONSE_DONE; i++) {
        read_response(&one, whole, at, &seen_one);
        read_response(&other, pieces, at, &seen_other);
        check_response(whole, &seen_one);
        check_response(pieces, &seen_other);
        check_same(&seen_one, &seen_other);
        at += seen_one.used;
        text_release(&seen_one.body);
        text_release(&seen_other.body);
    }
    response_parser_release(&one);
    response_parser_release(&other);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint8_t one_piece[SIZES] = {0};
    struct fuzz_bytes bytes = {data, size};
    struct text text = {0};
    uint8_t flags = fuzz_byte(&bytes);
    uint8_t sizes[SIZES];

    for (int i = 0; i < SIZES; i++) {
        sizes[i] = fuzz_byte(&bytes);
    }
    unfold(&bytes, &text);
    struct stream whole = {text.data, text.length, one_piece, (flags & 1) != 0, (flags & 2) != 0};
    struct stream pieces = whole;
    pieces.sizes = sizes;
    read_connection(&whole, &pieces);
    text_release(&text);
    return 0;
}
