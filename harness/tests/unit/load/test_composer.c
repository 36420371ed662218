#include "load/traffic/composer.h"

#include "base/mem.h"
#include "test.h"
#include "traffic_text.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* The linker sends every allocation of the harness through here (see --wrap in CMakeLists.txt). */
static size_t allocations;

void *__real_mem_new(size_t count, size_t size);               /* NOLINT: the linker's name */
void *__real_mem_resize(void *old, size_t count, size_t size); /* NOLINT */
void *__wrap_mem_new(size_t count, size_t size);               /* NOLINT */
void *__wrap_mem_resize(void *old, size_t count, size_t size); /* NOLINT */

void *__wrap_mem_new(size_t count, size_t size) /* NOLINT */
{
    allocations++;
    return __real_mem_new(count, size);
}

void *__wrap_mem_resize(void *old, size_t count, size_t size) /* NOLINT */
{
    allocations++;
    return __real_mem_resize(old, count, size);
}

static struct composer *composer_of(const struct traffic *traffic, uint64_t seed, unsigned thread, unsigned threads)
{
    return composer_new(traffic, "127.0.0.1:8080", &(struct planned_step){.level = 4096, .seed = seed}, thread,
                        threads);
}

/* The next request's bytes, on the heap; what is expected of its response goes to *ret_expected, if that is wanted. */
static char *next_bytes(struct composer *composer, char **ret_expected)
{
    struct composed composed;

    composer_next(composer, &composed);
    if (ret_expected != NULL) {
        *ret_expected = mem_copy(composed.expected->data, composed.expected->length);
    }
    return mem_copy(composed.data, composed.length);
}

static void check_first(const char *text, const char *expected)
{
    struct traffic traffic;
    traffic_from_text(&traffic, text);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 3; i++) {
        char *bytes = next_bytes(composer, NULL);
        assert_string_equal(bytes, expected);
        free(bytes);
    }
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(a_plain_get_takes_its_path_literally)
{
    struct traffic traffic;

    traffic_init_get(&traffic, "/items/{id}?q=%20{{");
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    char *bytes = next_bytes(composer, NULL);
    assert_string_equal(bytes, "GET /items/{id}?q=%20{{ HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
    free(bytes);
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(requests_without_values_are_written_out)
{
    check_first(
        "{\"requests\":[{\"name\":\"a\",\"path\":\"/a{{b}}\",\"headers\":{\"X-One\":\"1\",\"Accept\":\"*/*\"}}]}",
        "GET /a{b} HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-One: 1\r\nAccept: */*\r\n\r\n");
    check_first("{\"requests\":[{\"name\":\"a\",\"method\":\"HEAD\",\"path\":\"/\"}]}",
                "HEAD / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
    check_first("{\"requests\":[{\"name\":\"a\",\"method\":\"POST\",\"path\":\"/\",\"json\":{\"n\":[1,true,\"x\"]}}]}",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
                "Content-Length: 18\r\n\r\n{\"n\":[1,true,\"x\"]}");
}

/* Characters are not bytes. */
TEST(the_length_of_a_body_counts_bytes)
{
    check_first(
        "{\"requests\":[{\"name\":\"a\",\"method\":\"PUT\",\"path\":\"/\",\"body\":\"h\xc3\xa9\xf0\x9f\x98\x80\"}]}",
        "PUT / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 7\r\n\r\nh\xc3\xa9\xf0\x9f\x98\x80");
}

TEST(a_method_that_means_content_says_when_it_has_none)
{
    check_first("{\"requests\":[{\"name\":\"a\",\"method\":\"POST\",\"path\":\"/\"}]}",
                "POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 0\r\n\r\n");
    check_first("{\"requests\":[{\"name\":\"a\",\"method\":\"DELETE\",\"path\":\"/\"}]}",
                "DELETE / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\n\r\n");
}

/* One line for a value of lines, so that it is always drawn. */
static void give_line(struct traffic *traffic, const char *line)
{
    for (size_t i = 0; i < traffic->value_count; i++) {
        if (traffic->values[i].type == VALUE_LINES) {
            traffic->values[i].lines = mem_new(2, sizeof(char *));
            traffic->values[i].lines[0] = mem_string(line);
            traffic->values[i].line_count = 1;
        }
    }
}

TEST(a_value_is_encoded_for_its_place)
{
    static const char line[] = "a b/\xc3\xa9\"\\\x01\t~-._Z9%";
    static const char path[] = "/p/a%20b%2F%C3%A9%22%5C%01%09~-._Z9%25?n=4096";
    static const char json[] = "{\"line\":\"<a b/\xc3\xa9\\\"\\\\\\u0001\\u0009~-._Z9%>\",\"n\":4096,\"t\":\"4096.\"}";
    struct traffic traffic;

    traffic_from_text(
        &traffic,
        "{\"values\":{\"l\":{\"file\":\"x\"},\"n\":{\"level\":true}},\"requests\":["
        "{\"name\":\"a\",\"weight\":1,\"method\":\"POST\",\"path\":\"/p/{l}?n={n}\","
        "\"json\":{\"line\":\"<{l}>\",\"n\":\"{n}\",\"t\":\"{n}.\"},\"expect\":{\"json\":{\"x\":\"{l}\"}}}]}");
    give_line(&traffic, line);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    char *expected, *bytes = next_bytes(composer, &expected);
    char *whole = mem_format("POST %s HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Type: application/json\r\n"
                             "Content-Length: %zu\r\n\r\n%s",
                             path, sizeof json - 1, json);
    assert_string_equal(bytes, whole);
    assert_string_equal(expected, "\"a b/\xc3\xa9\\\"\\\\\\u0001\\u0009~-._Z9%\"");
    free(whole);
    free(bytes);
    free(expected);
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(a_raw_body_takes_a_value_as_it_stands)
{
    struct traffic traffic;

    traffic_from_text(&traffic, "{\"values\":{\"l\":{\"file\":\"x\"}},\"requests\":["
                                "{\"name\":\"a\",\"method\":\"POST\",\"path\":\"/\",\"body\":\"<{l}>\"}]}");
    give_line(&traffic, "\"\\ \xc3\xa9");
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    char *bytes = next_bytes(composer, NULL);
    assert_string_equal(bytes, "POST / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 7\r\n\r\n<\"\\ \xc3\xa9>");
    free(bytes);
    composer_free(composer);
    traffic_release(&traffic);
}

#define MIXED                                                                                                          \
    "{\"values\":{\"id\":{\"uniform\":[1,1000000]},\"word\":{\"words\":3},\"n\":{\"sequence\":[0,999999]}},"           \
    "\"requests\":["                                                                                                   \
    "{\"name\":\"r\",\"weight\":70,\"path\":\"/r/{id}?again={id}\",\"expect\":{\"json\":{\"id\":\"{id}\"}}},"          \
    "{\"name\":\"w\",\"weight\":25,\"method\":\"POST\",\"path\":\"/w\",\"json\":{\"a\":\"{word}\",\"b\":\"{n}\"},"     \
    "\"expect\":{\"json\":{\"name\":\"{word}\"}}},"                                                                    \
    "{\"name\":\"h\",\"weight\":5,\"path\":\"/h\"}]}"

TEST(one_request_has_one_value_in_all_its_places)
{
    struct traffic traffic;
    unsigned long previous = 0;
    unsigned changes = 0;

    traffic_from_text(&traffic, "{\"values\":{\"id\":{\"uniform\":[1,1000000]}},\"requests\":["
                                "{\"name\":\"r\",\"method\":\"POST\",\"path\":\"/{id}/{id}\",\"json\":\"{id}\","
                                "\"expect\":{\"json\":{\"id\":\"{id}\"}}}]}");
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 100; i++) {
        unsigned long first, second, body, answer;
        char *expected, *bytes = next_bytes(composer, &expected);
        assert_int_equal(sscanf(bytes, "POST /%lu/%lu HTTP", &first, &second), 2); /* NOLINT: checked below */
        body = strtoul(strstr(bytes, "\r\n\r\n") + 4, NULL, 10);
        answer = strtoul(expected, NULL, 10);
        assert_int_equal(first, second);
        assert_int_equal(first, body);
        assert_int_equal(first, answer);
        changes += first != previous;
        previous = first;
        free(bytes);
        free(expected);
    }
    assert_true(changes > 95);
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(requests_come_by_their_weights)
{
    struct traffic traffic;
    unsigned counts[3] = {0};

    traffic_from_text(&traffic, MIXED);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 10000; i++) {
        struct composed composed;
        composer_next(composer, &composed);
        counts[composed.request - traffic.requests]++;
        assert_int_equal(composed.expected->length > 0, composed.request->expect_json != NULL);
    }
    assert_in_range(counts[0], 6770, 7230); /* five sigma */
    assert_in_range(counts[1], 2283, 2717);
    assert_in_range(counts[2], 391, 609);
    composer_free(composer);
    traffic_release(&traffic);
}

/* The bytes of the first 200 requests, one behind the other. */
static struct text stream_of(const struct traffic *traffic, uint64_t seed, unsigned thread)
{
    struct composer *composer = composer_of(traffic, seed, thread, 2);
    struct text stream = {0};

    for (int i = 0; i < 200; i++) {
        struct composed composed;
        composer_next(composer, &composed);
        text_append(&stream, composed.data, composed.length);
    }
    composer_free(composer);
    return stream;
}

TEST(a_seed_and_a_thread_give_the_same_bytes_always)
{
    struct traffic traffic;

    traffic_from_text(&traffic, MIXED);
    struct text first = stream_of(&traffic, 1, 0), again = stream_of(&traffic, 1, 0);
    struct text seeded = stream_of(&traffic, 2, 0), thread = stream_of(&traffic, 1, 1);
    assert_string_equal(first.data, again.data);
    assert_string_not_equal(first.data, seeded.data);
    assert_string_not_equal(first.data, thread.data);
    text_release(&first);
    text_release(&again);
    text_release(&seeded);
    text_release(&thread);
    traffic_release(&traffic);
}

/* Request k of n threads is request k / n of thread k % n, with the values of every sort that it has with one thread.
 */
TEST(any_number_of_threads_composes_the_same_requests)
{
    struct traffic traffic;
    struct composed one, dealt;

    traffic_from_text(&traffic, MIXED);
    for (unsigned threads = 2; threads <= 5; threads++) {
        struct composer *whole = composer_of(&traffic, 1, 0, 1), *each[5];
        for (unsigned i = 0; i < threads; i++) {
            each[i] = composer_of(&traffic, 1, i, threads);
        }
        for (unsigned k = 0; k < 1000; k++) {
            composer_next(whole, &one);
            composer_next(each[k % threads], &dealt);
            assert_int_equal(dealt.length, one.length);
            assert_memory_equal(dealt.data, one.data, one.length);
            assert_string_equal(dealt.expected->length > 0 ? dealt.expected->data : "",
                                one.expected->length > 0 ? one.expected->data : "");
        }
        for (unsigned i = 0; i < threads; i++) {
            composer_free(each[i]);
        }
        composer_free(whole);
    }
    traffic_release(&traffic);
}

/* What a thread could not send is left out, and changes nothing of what follows. */
TEST(a_request_that_is_left_out_changes_no_other)
{
    struct traffic traffic;
    struct composed one, other;

    traffic_from_text(&traffic, MIXED);
    struct composer *whole = composer_of(&traffic, 1, 0, 1), *left_out = composer_of(&traffic, 1, 0, 1);
    for (unsigned k = 0; k < 500; k++) {
        composer_next(whole, &one);
        if (k % 3 == 1) {
            composer_skip(left_out);
            continue;
        }
        composer_next(left_out, &other);
        assert_int_equal(other.length, one.length);
        assert_memory_equal(other.data, one.data, one.length);
    }
    composer_free(whole);
    composer_free(left_out);
    traffic_release(&traffic);
}

/* The sequence of the k-th request that has a place for it is at k, whatever goes between. */
TEST(a_sequence_is_taken_without_gaps)
{
    struct traffic traffic;
    struct composed composed;
    unsigned expected = 0;

    traffic_from_text(&traffic, MIXED);
    struct composer *composer = composer_of(&traffic, 4, 0, 1);
    for (unsigned k = 0; k < 1000; k++) {
        composer_next(composer, &composed);
        if (composed.request == &traffic.requests[1]) {
            const char *place = strstr(composed.data, "\"b\":");
            assert_int_equal(strtoul(place + 4, NULL, 10), expected++);
        }
    }
    assert_in_range(expected, 182, 318);
    composer_free(composer);
    traffic_release(&traffic);
}

/* Of a user with one place for it in the first request and two in the others, of which the longest session has two. */
TEST(users_take_a_sequence_in_the_order_of_arrival)
{
    static const char text[] = "{\"values\":{\"n\":{\"sequence\":[100,999]}},"
                               "\"requests\":[{\"name\":\"a\",\"path\":\"/{n}\"},{\"name\":\"b\",\"path\":\"/b\"}],"
                               "\"sessions\":[{\"name\":\"s\",\"steps\":[{\"request\":\"b\"},{\"request\":\"a\"}]},"
                               "{\"name\":\"t\",\"steps\":[{\"request\":\"a\"},{\"request\":\"a\"}]}]}";
    static const struct {
        size_t session, step;
        uint64_t user;
        const char *path;
    } cases[] = {{0, 1, 0, "/100 "}, {1, 0, 1, "/102 "}, {1, 1, 1, "/103 "}, {0, 1, 2, "/104 "}, {1, 1, 0, "/101 "}};
    struct text kept = {0};
    struct traffic traffic;
    struct composed composed;

    traffic_from_text(&traffic, text);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        const struct user_session *session = &traffic.sessions[cases[i].session];
        composer_walk(composer, cases[i].user, session, cases[i].step);
        composer_compose(composer, session->steps[cases[i].step].request, &kept, &composed);
        assert_memory_equal(composed.data + 4, cases[i].path, strlen(cases[i].path));
    }
    composer_free(composer);
    traffic_release(&traffic);
}

/* The bytes that a seed gives are those that it gave before: runs can be compared. */
TEST(a_seed_gives_the_bytes_that_it_always_gave)
{
    struct traffic traffic;
    uint64_t hash = UINT64_C(14695981039346656037); /* FNV-1a */

    traffic_from_text(&traffic, MIXED);
    struct text stream = stream_of(&traffic, 1, 1);
    for (size_t i = 0; i < stream.length; i++) {
        hash = (hash ^ (unsigned char)stream.data[i]) * UINT64_C(1099511628211);
    }
    assert_int_equal(hash, UINT64_C(0x7144f2c1268e5d7d));
    text_release(&stream);
    traffic_release(&traffic);
}

TEST(nothing_is_allocated_once_the_buffers_have_grown)
{
    struct traffic traffic;
    struct composed composed;

    traffic_from_text(&traffic, MIXED);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 1000; i++) {
        composer_next(composer, &composed);
    }
    size_t before = allocations;
    assert_true(before > 0);
    for (int i = 0; i < 20000; i++) {
        composer_next(composer, &composed);
    }
    assert_int_equal(allocations, before);
    composer_free(composer);
    traffic_release(&traffic);
}
