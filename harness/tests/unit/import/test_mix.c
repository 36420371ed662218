#include "import/mix/mix.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

struct counted {
    struct mix mix;
    struct remarks remarks;
};

static void add(struct counted *counted, const char *method, const char *target, int status)
{
    mix_add(&counted->mix,
            &(struct sighting){.origin = "", .method = method, .target = target, .status = status, .fold = true});
}

static void release(struct counted *counted)
{
    mix_release(&counted->mix);
    remarks_release(&counted->remarks);
}

TEST(requests_that_differ_only_in_their_places_are_one_kind)
{
    struct counted counted = {0};

    mix_init(&counted.mix, &counted.remarks);
    add(&counted, "GET", "/items/1?page=1", 200);
    add(&counted, "GET", "/items/2?page=1", 304);
    add(&counted, "GET", "/items/2?page=1", 404);
    add(&counted, "HEAD", "/items/2?page=1", 200);
    add(&counted, "GET", "/items/2", 200);
    assert_int_equal(counted.mix.kind_count, 4);
    assert_int_equal(counted.mix.kinds[0].count, 2);
    assert_int_equal(counted.mix.kinds[0].status, 0);
    assert_int_equal(counted.mix.kinds[1].status, 404);
    assert_string_equal(counted.mix.kinds[0].rows[1], "2\n1\n");
    release(&counted);
}

TEST(failures_of_the_moment_and_other_methods_are_left_out_and_counted)
{
    struct counted counted = {0};

    mix_init(&counted.mix, &counted.remarks);
    add(&counted, "GET", "/a", 500);
    add(&counted, "GET", "/b", 429);
    add(&counted, "BREW", "/pot", 418);
    add(&counted, "GET", "/live", 101);
    assert_int_equal(counted.mix.kind_count, 0);
    assert_int_equal(counted.remarks.left_out_count, 3);
    assert_int_equal(counted.remarks.left_out[0].count, 2);
    assert_string_equal(counted.remarks.left_out[0].first, "GET /a");
    assert_string_equal(counted.remarks.left_out[1].first, "BREW /pot");
    release(&counted);
}

TEST(kinds_are_bounded_and_what_is_beyond_is_counted)
{
    struct counted counted = {0};

    mix_init(&counted.mix, &counted.remarks);
    for (unsigned i = 0; i < MIX_KINDS_MOST + 25; i++) {
        char *target = mem_format("/page-%u/top", i);
        add(&counted, "GET", target, 200);
        add(&counted, "GET", "/page-7/top", 200);
        free(target);
    }
    assert_int_equal(counted.mix.kind_count, MIX_KINDS_MOST);
    assert_int_equal(counted.mix.kinds[1].count, MIX_KINDS_MOST + 26);
    assert_int_equal(counted.remarks.left_out[0].count, 25);
    assert_string_equal(counted.remarks.left_out[0].first, "GET /page-10000/top");
    release(&counted);
}

TEST(of_many_paths_that_differ_in_their_last_part_the_tail_is_one_kind)
{
    struct counted counted = {0};

    mix_init(&counted.mix, &counted.remarks);
    for (unsigned i = 0; i < MIX_FAMILY + 50; i++) {
        char *target = mem_format("/blog/about-%u-things?from=%u", i, i);
        add(&counted, "GET", target, 200);
        free(target);
    }
    add(&counted, "GET", "/blog/about-7-things?from=7", 200);
    add(&counted, "GET", "/blog/about-7-things?from=7", 404);
    assert_int_equal(counted.mix.kind_count, MIX_FAMILY + 2);
    assert_int_equal(counted.mix.kinds[7].count, 2);
    const struct mix_kind *tail = &counted.mix.kinds[MIX_FAMILY];
    assert_int_equal(tail->count, 50);
    assert_string_equal(tail->pattern, "/blog/\x01?from=\x01");
    assert_string_equal(tail->places[0].name, "blog_id");
    assert_string_equal(tail->places[1].name, "from");
    assert_string_equal(tail->rows[0], "about-40-things\n40\n");
    assert_int_equal(counted.mix.kinds[MIX_FAMILY + 1].status, 404);
    release(&counted);
}

TEST(rows_are_bounded_and_a_fair_choice)
{
    struct counted counted = {0};
    size_t late = 0;

    mix_init(&counted.mix, &counted.remarks);
    for (unsigned i = 0; i < 4 * MIX_ROWS_MOST; i++) {
        char *target = mem_format("/items/%u", i);
        add(&counted, "GET", target, 200);
        free(target);
    }
    const struct mix_kind *kind = &counted.mix.kinds[0];
    assert_int_equal(kind->row_count, MIX_ROWS_MOST);
    assert_int_equal(kind->count, 4 * MIX_ROWS_MOST);
    for (size_t i = 0; i < kind->row_count; i++) {
        late += atol(kind->rows[i]) >= 2 * MIX_ROWS_MOST;
    }
    /* A half of them, give or take more than six standard deviations. */
    assert_in_range(late, MIX_ROWS_MOST / 2 - 300, MIX_ROWS_MOST / 2 + 300);
    release(&counted);
}
