/* What composes requests out of CSV files, the environment and large bodies. */
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

/* Two users with ages and notes in a file; each note says who the user is and of what age. */
static void give_users(struct traffic *traffic)
{
    static const char *const cells[] = {"ann", "31", "ann is 31", "bob", "32", "bob is 32", "c\"d", "33", "c\"d is 33"};
    struct csv_table *table = &traffic->tables[0];

    table->column_count = 3;
    table->row_count = 3;
    table->cells = mem_new(9, sizeof *table->cells);
    table->columns = mem_new(3, sizeof *table->columns);
    for (size_t i = 0; i < 9; i++) {
        table->cells[i] = cells[i];
    }
    for (size_t i = 0; i < traffic->value_count; i++) {
        struct value *value = &traffic->values[i];
        if (value->type == VALUE_CSV) {
            value->column = strcspn("uan", (char[]){value->name[0], '\0'});
        }
    }
}

#define USERS(order)                                                                                                   \
    "{\"values\":{\"user\":{\"csv\":[\"u.csv\",\"user\"]" order "},\"age\":{\"csv\":[\"u.csv\",\"age\"],"              \
    "\"number\":true},\"note\":{\"csv\":[\"u.csv\",\"note\"]},\"k\":{\"uniform\":[1,9]}},"                             \
    "\"requests\":[{\"name\":\"a\",\"weight\":3,\"method\":\"POST\",\"path\":\"/{user}?k={k}\",\"headers\":{"          \
    "\"X-Age\":\"{age} years\",\"X-Note\":\"{note}\"},\"json\":{\"age\":\"{age}\",\"of\":\"{user}\"},"                 \
    "\"expect\":{\"json\":{\"note\":\"{note}\"}}},{\"name\":\"b\",\"path\":\"/"                                        \
    "b\",\"headers\":{\"X-User\":\"{user}\"}}]}"

/* Which of the users a request speaks of everywhere, whatever its digit; -1: of more than one. */
static int user_of(char *bytes, const char *expected)
{
    static const char *const wholes[] = {
        "POST /ann?k=K HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-Age: 31 years\r\nX-Note: ann is 31\r\n"
        "Content-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"age\":31,\"of\":\"ann\"}",
        "POST /bob?k=K HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-Age: 32 years\r\nX-Note: bob is 32\r\n"
        "Content-Type: application/json\r\nContent-Length: 21\r\n\r\n{\"age\":32,\"of\":\"bob\"}",
        "POST /c%22d?k=K HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nX-Age: 33 years\r\nX-Note: c\"d is 33\r\n"
        "Content-Type: application/json\r\nContent-Length: 22\r\n\r\n{\"age\":33,\"of\":\"c\\\"d\"}"};
    static const char *const notes[] = {"\"ann is 31\"", "\"bob is 32\"", "\"c\\\"d is 33\""};
    int found = -1;

    strstr(bytes, "?k=")[3] = 'K';
    for (int user = 0; user < 3; user++) {
        if (strcmp(bytes, wholes[user]) == 0 && strcmp(expected, notes[user]) == 0) {
            found = user;
        }
    }
    return found;
}

TEST(the_columns_of_a_row_go_together_in_every_request)
{
    struct traffic traffic;
    unsigned counts[3] = {0};

    traffic_from_text(&traffic, USERS(""));
    give_users(&traffic);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 10000; i++) {
        char *expected, *bytes = next_bytes(composer, &expected);
        if (bytes[0] == 'P') {
            int user = user_of(bytes, expected);
            assert_in_range(user, 0, 2);
            counts[user]++;
        }
        free(bytes);
        free(expected);
    }
    for (int user = 0; user < 3; user++) { /* 2,500 each; five sigma */
        assert_in_range(counts[user], 2284, 2716);
    }
    composer_free(composer);
    traffic_release(&traffic);
}

/* Whichever request needs a row, the threads together take one after another, and none twice before all were. */
TEST(rows_in_sequence_are_dealt_out_to_the_threads)
{
    struct traffic traffic;

    traffic_from_text(&traffic, "{\"values\":{\"user\":{\"csv\":[\"u.csv\",\"user\"],\"order\":\"sequence\"}},"
                                "\"requests\":[{\"name\":\"a\",\"path\":\"/{user}/{user}\"}]}");
    give_users(&traffic);
    for (unsigned thread = 0; thread < 2; thread++) {
        static const char *const paths[2][4] = {{"/ann/ann", "/c%22d/c%22d", "/bob/bob", "/ann/ann"},
                                                {"/bob/bob", "/ann/ann", "/c%22d/c%22d", "/bob/bob"}};
        struct composer *composer = composer_of(&traffic, 1, thread, 2);
        for (int i = 0; i < 4; i++) {
            char *bytes = next_bytes(composer, NULL);
            assert_int_equal(strncmp(bytes + 4, paths[thread][i], strlen(paths[thread][i])), 0);
            free(bytes);
        }
        composer_free(composer);
    }
    traffic_release(&traffic);
}

TEST(what_the_environment_holds_is_written_once_and_encoded_for_its_place)
{
    struct traffic traffic;

    traffic_from_text(&traffic, "{\"values\":{\"t\":{\"env\":\"T\"}},\"requests\":[{\"name\":\"a\",\"method\":\"POST\","
                                "\"path\":\"/{t}\",\"headers\":{\"Authorization\":\"Bearer {t}\"},\"json\":\"{t}\"}]}");
    traffic.values[0].secret = mem_string("a/\"b");
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    char *bytes = next_bytes(composer, NULL);
    assert_string_equal(bytes, "POST /a%2F%22b HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nAuthorization: Bearer a/\"b\r\n"
                               "Content-Type: application/json\r\nContent-Length: 7\r\n\r\n\"a/\\\"b\"");
    struct composed first, second;
    composer_next(composer, &first);
    composer_next(composer, &second);
    assert_ptr_equal(first.data, second.data); /* nothing was composed again */
    free(bytes);
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(a_large_body_is_sent_from_where_it_was_read)
{
    struct traffic traffic;
    struct composed composed;
    struct text body = {0};

    traffic_init_one(&traffic, "PUT", "/");
    while (body.length < COMPOSED_LARGE) {
        text_append(&body, "0123456789abcde", 16); /* with its NUL */
    }
    pattern_take_literal(&traffic.requests[0].body, &body);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    composer_next(composer, &composed);
    assert_string_equal(composed.data, "PUT / HTTP/1.1\r\nHost: 127.0.0.1:8080\r\nContent-Length: 16384\r\n\r\n");
    assert_int_equal(composed.length, strlen(composed.data));
    assert_int_equal(composed.body_length, COMPOSED_LARGE);
    assert_ptr_equal(composed.large_body, traffic.requests[0].body.pieces[0].literal);
    composer_free(composer);
    traffic_release(&traffic);
}

TEST(nothing_is_allocated_for_cells_and_headers_either)
{
    struct traffic traffic;
    struct composed composed;

    traffic_from_text(&traffic, USERS(""));
    give_users(&traffic);
    struct composer *composer = composer_of(&traffic, 1, 0, 1);
    for (int i = 0; i < 1000; i++) {
        composer_next(composer, &composed);
    }
    size_t before = allocations;
    for (int i = 0; i < 20000; i++) {
        composer_next(composer, &composed);
    }
    assert_int_equal(allocations, before);
    composer_free(composer);
    traffic_release(&traffic);
}
