#include "load/transport/response_parser.h"

#include "base/mem.h"
#include "base/random.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* What came out of feeding a row of bytes. */
struct outcome {
    enum response_state state;
    int status;
    bool keep_alive;
    size_t used;
    uint64_t body_bytes;
    struct text body;
};

/* Feed `length` bytes cut before each of `cuts` (ascending), then, with `ends`, the end of the stream. Every part lies
 * in memory of its own, which is gone when the next is fed. */
static struct outcome feed(const char *data, size_t length, bool to_head, bool ends, const size_t *cuts,
                           size_t cut_count)
{
    struct response_parser response;
    struct outcome outcome = {.state = RESPONSE_MORE};
    char *part = NULL;

    response_parser_init(&response, NULL);
    response_parser_begin(&response, to_head, true);
    for (size_t i = 0; i <= cut_count && outcome.state == RESPONSE_MORE; i++) {
        size_t from = i == 0 ? 0 : cuts[i - 1], to = i == cut_count ? length : cuts[i], used = 0;
        free(part);
        part = malloc(to > from ? to - from : 1);
        assert_non_null(part);
        memcpy(part, data + from, to - from);
        outcome.state = response_parser_feed(&response, part, to - from, &used);
        assert_true(used <= to - from);
        outcome.used = from + used;
    }
    if (outcome.state == RESPONSE_MORE && ends) {
        outcome.state = response_parser_end(&response);
    }
    if (outcome.state == RESPONSE_DONE) {
        size_t body_length;
        const char *body = response_parser_body(&response, &body_length);
        text_append(&outcome.body, body != NULL ? body : "", body_length);
        outcome.status = response.status;
        outcome.keep_alive = response.keep_alive;
        outcome.body_bytes = response.body_bytes;
    }
    free(part);
    response_parser_release(&response);
    return outcome;
}

struct response_case {
    const char *what, *data;
    enum response_state state;
    int status;
    const char *body;
    bool keep_alive, to_head, ends;
    size_t behind; /* bytes behind the response that are not its own */
};

#define OK "HTTP/1.1 200 OK\r\n"

static const struct response_case cases[] = {
    /* framed by a length */
    {"a length", OK "Content-Length: 5\r\n\r\nhello", RESPONSE_DONE, 200, "hello", true, false, false, 0},
    {"a length of nothing", OK "Content-Length: 0\r\n\r\n", RESPONSE_DONE, 200, "", true, false, false, 0},
    {"too short", OK "Content-Length: 5\r\n\r\nhell", RESPONSE_MORE, 0, "", false, false, false, 0},
    {"too short at the end", OK "Content-Length: 5\r\n\r\nhell", RESPONSE_MORE, 0, "", false, false, true, 0},
    {"no reason", "HTTP/1.1 201 \r\nContent-Length: 1\r\n\r\nx", RESPONSE_DONE, 201, "x", true, false, false, 0},
    {"a failure", "HTTP/1.1 503 No\r\nContent-Length: 1\r\n\r\nx", RESPONSE_DONE, 503, "x", true, false, false, 0},
    {"two replies", OK "Content-Length: 2\r\n\r\nhi" OK "Content-Length: 2\r\n\r\nho", RESPONSE_DONE, 200, "hi", true,
     false, false, 40},
    {"a reply and a line", OK "Content-Length: 2\r\n\r\nhi\r\n", RESPONSE_DONE, 200, "hi", true, false, false, 2},
    /* chunks */
    {"chunks", OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n5\r\ndefgh\r\n0\r\n\r\n", RESPONSE_DONE, 200,
     "abcdefgh", true, false, false, 0},
    {"no chunk", OK "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", RESPONSE_DONE, 200, "", true, false, false, 0},
    {"an extension", OK "Transfer-Encoding: chunked\r\n\r\n3;a=b\r\nabc\r\n0;last\r\n\r\n", RESPONSE_DONE, 200, "abc",
     true, false, false, 0},
    {"a trailer", OK "Transfer-Encoding: chunked\r\n\r\nA\r\n0123456789\r\n0\r\nX-Sum: 7\r\n\r\n", RESPONSE_DONE, 200,
     "0123456789", true, false, false, 0},
    {"chunks and a reply", OK "Transfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\n" OK, RESPONSE_DONE, 200, "x", true,
     false, false, 17},
    {"two extensions", OK "Transfer-Encoding: chunked\r\n\r\n2;sig=abc;seq=\"1;\"\r\nok\r\n0;last\r\nX-T: 1\r\n\r\n",
     RESPONSE_DONE, 200, "ok", true, false, false, 0},
    {"chunks and close", OK "Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n1 \r\nx\r\n00\r\n\r\n",
     RESPONSE_DONE, 200, "x", false, false, false, 0},
    {"a chunk that is too long", OK "Transfer-Encoding: chunked\r\n\r\n1\r\nxy\r\n0\r\n\r\n", RESPONSE_BROKEN, 0, "",
     false, false, false, 0},
    {"an extension of control characters", OK "Transfer-Encoding: chunked\r\n\r\n1;\x01\r\nx\r\n0\r\n\r\n",
     RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"no last chunk", OK "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n", RESPONSE_MORE, 0, "", false, false, true, 0},
    {"a chunk of no size", OK "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", RESPONSE_BROKEN, 0, "", false, false, false,
     0},
    {"a chunk too large", OK "Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n", RESPONSE_BROKEN, 0, "", false,
     false, false, 0},
    /* until the end */
    {"until the end", OK "\r\nall of it", RESPONSE_DONE, 200, "all of it", false, false, true, 0},
    {"not yet the end", OK "\r\nall of it", RESPONSE_MORE, 0, "", false, false, false, 0},
    {"another coding", OK "Transfer-Encoding: gzip\r\n\r\nzzz", RESPONSE_DONE, 200, "zzz", false, false, true, 0},
    {"the end in the headers", OK "Content-Len", RESPONSE_MORE, 0, "", false, false, true, 0},
    {"the end at once", "", RESPONSE_MORE, 0, "", false, false, true, 0},
    /* no body */
    {"to a HEAD", OK "Content-Length: 5\r\n\r\n", RESPONSE_DONE, 200, "", true, true, false, 0},
    {"to a HEAD, chunked", OK "Transfer-Encoding: chunked\r\n\r\n", RESPONSE_DONE, 200, "", true, true, false, 0},
    {"to a HEAD, no length", OK "\r\n", RESPONSE_DONE, 200, "", true, true, false, 0},
    {"204", "HTTP/1.1 204 No Content\r\n\r\n", RESPONSE_DONE, 204, "", true, false, false, 0},
    {"204 with a length", "HTTP/1.1 204 No Content\r\nContent-Length: 5\r\n\r\n", RESPONSE_DONE, 204, "", true, false,
     false, 0},
    {"304", "HTTP/1.1 304 Not Modified\r\nETag: \"x\"\r\n\r\n", RESPONSE_DONE, 304, "", true, false, false, 0},
    {"304 with a length", "HTTP/1.1 304 Not Modified\r\nContent-Length: 512\r\n\r\n", RESPONSE_DONE, 304, "", true,
     false, false, 0},
    /* before the response, and instead of it */
    {"100 first", "HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi", RESPONSE_DONE, 200, "hi", true,
     false, false, 0},
    {"103 twice",
     "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </b>\r\n\r\n" OK
     "Content-Length: 2\r\n\r\nhi",
     RESPONSE_DONE, 200, "hi", true, false, false, 0},
    {"100 with a length", "HTTP/1.1 100 Continue\r\nContent-Length: 9\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi",
     RESPONSE_DONE, 200, "hi", true, false, false, 0},
    {"100 to a HEAD", "HTTP/1.1 100 Continue\r\n\r\n" OK "Content-Length: 2\r\n\r\n", RESPONSE_DONE, 200, "", true,
     true, false, 0},
    {"only 100", "HTTP/1.1 100 Continue\r\n\r\n", RESPONSE_MORE, 0, "", false, false, true, 0},
    {"100 with a close", "HTTP/1.1 100 Continue\r\nConnection: close\r\n\r\n" OK "Content-Length: 2\r\n\r\nhi",
     RESPONSE_DONE, 200, "hi", false, false, false, 0},
    {"another protocol", "HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n", RESPONSE_BROKEN,
     0, "", false, false, false, 0},
    /* whether the connection stays */
    {"close", OK "Connection: close\r\nContent-Length: 2\r\n\r\nhi", RESPONSE_DONE, 200, "hi", false, false, false, 0},
    {"Close in another case", OK "CONNECTION: Close\r\nContent-Length: 2\r\n\r\nhi", RESPONSE_DONE, 200, "hi", false,
     false, false, 0},
    {"an old version", "HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi", RESPONSE_DONE, 200, "hi", false, false, false,
     0},
    {"an old version that stays", "HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi",
     RESPONSE_DONE, 200, "hi", true, false, false, 0},
    {"an old version until the end", "HTTP/1.0 200 OK\r\n\r\nhi", RESPONSE_DONE, 200, "hi", false, false, true, 0},
    {"an upgrade offered", OK "Connection: Upgrade\r\nUpgrade: h2c\r\nContent-Length: 2\r\n\r\nhi", RESPONSE_DONE, 200,
     "hi", true, false, false, 0},
    /* lengths that cannot be trusted */
    {"a length beyond numbers", OK "Content-Length: 99999999999999999999999\r\n\r\n", RESPONSE_BROKEN, 0, "", false,
     false, false, 0},
    {"a length below nothing", OK "Content-Length: -5\r\n\r\nhello", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"a length that is no number", OK "Content-Length: five\r\n\r\nhello", RESPONSE_BROKEN, 0, "", false, false, false,
     0},
    {"two lengths", OK "Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello", RESPONSE_BROKEN, 0, "", false, false,
     false, 0},
    {"one length twice", OK "Content-Length: 5\r\nX: y\r\nContent-Length: 5\r\n\r\nhello", RESPONSE_DONE, 200, "hello",
     true, false, false, 0},
    {"chunks and a length", OK "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n", RESPONSE_BROKEN, 0,
     "", false, false, false, 0},
    {"a length and chunks", OK "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", RESPONSE_BROKEN, 0,
     "", false, false, false, 0},
    /* not HTTP */
    {"words", "hello, world\r\n\r\n", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"another protocol's greeting", "SSH-2.0-OpenSSH_9.2\r\n", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"TLS", "\x15\x03\x01\x01\x02\x02\x16", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"no number", "HTTP/1.1 abc OK\r\n\r\n", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"a header without a colon", OK "Content-Length\r\n\r\nhello", RESPONSE_BROKEN, 0, "", false, false, false, 0},
    {"a request", "GET / HTTP/1.1\r\n\r\n", RESPONSE_BROKEN, 0, "", false, false, false, 0},
};

static void check(const struct response_case *expected, const size_t *cuts, size_t cut_count)
{
    struct outcome outcome =
        feed(expected->data, strlen(expected->data), expected->to_head, expected->ends, cuts, cut_count);
    bool right = outcome.state == expected->state;

    if (right && outcome.state == RESPONSE_DONE) {
        right = outcome.status == expected->status && outcome.keep_alive == expected->keep_alive &&
                outcome.used == strlen(expected->data) - expected->behind &&
                outcome.body_bytes == strlen(expected->body) && outcome.body.length == strlen(expected->body) &&
                memcmp(outcome.body.data, expected->body, outcome.body.length) == 0;
    }
    if (!right) {
        fail_msg("%s, cut at %d and %d: state %d, status %d, body \"%s\" (%d), %s, %d used", expected->what,
                 cut_count > 0 ? (int)cuts[0] : -1, cut_count > 1 ? (int)cuts[1] : -1, outcome.state, outcome.status,
                 outcome.body.data != NULL ? outcome.body.data : "", (int)outcome.body_bytes,
                 outcome.keep_alive ? "stays" : "closes", (int)outcome.used);
    }
    text_release(&outcome.body);
}

TEST(a_whole_response_is_framed)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        check(&cases[i], NULL, 0);
    }
}

TEST(a_response_split_at_any_byte_is_the_same)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        for (size_t cut = 0; cut <= strlen(cases[i].data); cut++) {
            check(&cases[i], &cut, 1);
        }
    }
}

TEST(a_response_split_at_any_two_bytes_is_the_same)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].data);
        for (size_t first = 0; first <= length; first++) {
            for (size_t second = first; second <= length; second++) {
                check(&cases[i], (size_t[]){first, second}, 2);
            }
        }
    }
}

TEST(a_response_that_comes_byte_by_byte_is_the_same)
{
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t cuts[300], length = strlen(cases[i].data);
        assert_true(length < 300);
        for (size_t cut = 1; cut < length; cut++) {
            cuts[cut - 1] = cut;
        }
        check(&cases[i], cuts, length > 0 ? length - 1 : 0);
    }
}

/* A response whose header block is `length` bytes long, with a body of two behind it. */
static struct text response_with_headers(size_t length)
{
    struct text text = {0};
    text_add(&text, OK "Content-Length: 2\r\nX: ");
    while (text.length < length - 4) {
        text_add(&text, "x");
    }
    text_add(&text, "\r\n\r\nhi");
    return text;
}

TEST(headers_above_the_limit_are_refused_however_they_come)
{
    static const size_t pieces[] = {1, 7, 1000, 65536, 1000000};

    for (size_t over = 0; over <= 1; over++) {
        struct text text = response_with_headers(RESPONSE_HEADER_MOST + over);
        for (size_t i = 0; i < sizeof pieces / sizeof pieces[0]; i++) {
            size_t *cuts = mem_new(text.length, sizeof *cuts), count = 0;
            for (size_t cut = pieces[i]; cut < text.length; cut += pieces[i]) {
                cuts[count++] = cut;
            }
            struct outcome outcome = feed(text.data, text.length, false, false, cuts, count);
            assert_int_equal(outcome.state, over == 0 ? RESPONSE_DONE : RESPONSE_BROKEN);
            assert_int_equal(outcome.body.length, over == 0 ? 2 : 0);
            text_release(&outcome.body);
            free(cuts);
        }
        text_release(&text);
    }
}

TEST(endless_interim_responses_are_refused)
{
    static const char interim[] = "HTTP/1.1 100 Continue\r\n\r\n";
    struct response_parser response;
    enum response_state result = RESPONSE_MORE;
    size_t fed = 0, used;

    response_parser_init(&response, NULL);
    response_parser_begin(&response, false, false);
    while (result == RESPONSE_MORE && fed < 1000000) {
        result = response_parser_feed(&response, interim, sizeof interim - 1, &used);
        fed += sizeof interim - 1;
    }
    assert_int_equal(result, RESPONSE_BROKEN);
    response_parser_release(&response);
}

TEST(a_body_is_counted_whole_and_kept_up_to_its_limit)
{
    enum { LENGTH = RESPONSE_BODY_MOST + (1 << 20) + 17, PIECE = 65536 };
    char *piece = mem_new(PIECE, 1);
    struct response_parser response;
    enum response_state result = RESPONSE_MORE;
    size_t used, kept;
    char *head = mem_format(OK "Content-Length: %d\r\n\r\n", LENGTH);

    memset(piece, 'x', PIECE);
    response_parser_init(&response, NULL);
    for (int keep = 0; keep <= 1; keep++) {
        response_parser_begin(&response, false, keep == 1);
        assert_int_equal(response_parser_feed(&response, head, strlen(head), &used), RESPONSE_MORE);
        for (size_t left = LENGTH; left > 0; left -= used) {
            result = response_parser_feed(&response, piece, left < PIECE ? left : PIECE, &used);
        }
        assert_int_equal(result, RESPONSE_DONE);
        assert_int_equal(response.body_bytes, LENGTH);
        response_parser_body(&response, &kept);
        if (keep == 1) {
            assert_in_range(kept, RESPONSE_BODY_MOST - PIECE, RESPONSE_BODY_MOST);
        } else {
            assert_int_equal(kept, RESPONSE_START_MOST);
        }
    }
    response_parser_release(&response);
    free(piece);
    free(head);
}

TEST(one_reader_serves_one_response_after_another)
{
    struct response_parser response;
    size_t used, length;

    response_parser_init(&response, NULL);
    for (int round = 0; round < 3; round++) {
        const struct response_case *broken = &cases[sizeof cases / sizeof cases[0] - 1];
        response_parser_begin(&response, false, true);
        assert_int_equal(response_parser_feed(&response, cases[8].data, 50, &used),
                         RESPONSE_MORE); /* in the middle of its chunks */
        response_parser_begin(&response, false, true);
        assert_int_equal(response_parser_feed(&response, broken->data, strlen(broken->data), &used), RESPONSE_BROKEN);
        response_parser_begin(&response, true, true);
        assert_int_equal(response_parser_feed(&response, OK "Content-Length: 9\r\n\r\n", 38, &used), RESPONSE_DONE);
        response_parser_begin(&response, false, true);
        assert_int_equal(response_parser_feed(&response, cases[0].data, strlen(cases[0].data), &used), RESPONSE_DONE);
        const char *body = response_parser_body(&response, &length);
        assert_int_equal(length, 5);
        assert_memory_equal(body, "hello", 5);
        assert_int_equal(response.body_bytes, 5);
    }
    response_parser_release(&response);
}

/* Damaged responses, cut anywhere: no crash, and the cut makes no difference. */
TEST(damage_is_survived_and_cuts_make_no_difference)
{
    struct random random;
    unsigned done = 0;

    random_init(&random, 1, 1);
    for (int round = 0; round < 20000; round++) {
        const struct response_case *from = &cases[random_below(&random, sizeof cases / sizeof cases[0])];
        size_t length = strlen(from->data), cuts[2];
        char *data = mem_copy(from->data, length);
        for (uint64_t i = random_below(&random, 3); i > 0 && length > 0; i--) {
            data[random_below(&random, length)] = (char)random_next(&random);
        }
        cuts[0] = random_below(&random, length + 1);
        cuts[1] = cuts[0] + random_below(&random, length - cuts[0] + 1);
        struct outcome whole = feed(data, length, from->to_head, from->ends, NULL, 0);
        struct outcome split = feed(data, length, from->to_head, from->ends, cuts, 2);
        assert_int_equal(whole.state, split.state);
        assert_int_equal(whole.status, split.status);
        assert_int_equal(whole.keep_alive, split.keep_alive);
        assert_int_equal(whole.body.length, split.body.length);
        assert_true(whole.state != RESPONSE_DONE || whole.used == split.used);
        done += whole.state == RESPONSE_DONE;
        text_release(&whole.body);
        text_release(&split.body);
        free(data);
    }
    assert_true(done > 1000);
}
