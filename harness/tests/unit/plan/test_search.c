#include "plan/search.h"

#include "test.h"

/* Search for a service that holds every level up to `capacity`. Returns how many steps it took. */
static unsigned climb(struct search *search, uint64_t capacity)
{
    unsigned steps = 0;

    for (uint64_t level; (level = search_next(search)) != 0; steps++) {
        assert_true(level > search->holds && level < search->breaks);
        if (level <= capacity) {
            search_held(search, level);
        } else {
            search_broke(search, level);
        }
        assert_true(steps < 64);
    }
    return steps;
}

TEST(the_first_try_is_in_the_middle_on_a_log_scale)
{
    struct search search;

    search_init(&search, 16000, 32000, 0.10);
    assert_int_equal(search_next(&search), 22627);
}

TEST(wherever_the_capacity_lies_it_is_found_to_within_the_width)
{
    static const double widths[] = {0.10, 0.05, 0.01};

    for (size_t i = 0; i < sizeof widths / sizeof widths[0]; i++) {
        for (uint64_t capacity = 16000; capacity < 32000; capacity += 331) {
            struct search search;
            search_init(&search, 16000, 32000, widths[i]);
            unsigned steps = climb(&search, capacity);
            assert_true(search.holds <= capacity && capacity < search.breaks);
            assert_true((double)search.breaks <= (double)search.holds * (1 + widths[i]));
            assert_true(steps <= search_most_steps(2, widths[i]));
        }
    }
}

TEST(three_steps_find_ten_percent_and_four_find_five)
{
    assert_int_equal(search_most_steps(2, 0.10), 3);
    assert_int_equal(search_most_steps(2, 0.05), 4);
    assert_int_equal(search_most_steps(4, 0.10), 4);
    assert_int_equal(search_most_steps(2, 0), 0);
}

TEST(small_whole_numbers_are_told_apart_to_the_last_one)
{
    for (uint64_t capacity = 4; capacity < 8; capacity++) {
        struct search search;
        search_init(&search, 4, 8, 0.05);
        climb(&search, capacity);
        assert_int_equal(search.holds, capacity);
        assert_int_equal(search.breaks, capacity + 1);
    }
    struct search neighbours;
    search_init(&neighbours, 1, 2, 0.05);
    assert_int_equal(search_next(&neighbours), 0);
}

TEST(there_is_nothing_to_search_without_both_ends_or_a_width)
{
    static const struct {
        uint64_t holds, breaks;
        double width;
    } cases[] = {{0, 500, 0.1}, {500, 0, 0.1}, {500, 1000, 0}, {1000, 1099, 0.1}};

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct search search;
        search_init(&search, cases[i].holds, cases[i].breaks, cases[i].width);
        assert_int_equal(search_next(&search), 0);
    }
}

/* As where the generator is the limit: below it something may still be found out, and nothing is made up. */
TEST(a_step_that_says_nothing_is_looked_below_of_and_proves_nothing)
{
    struct search search;

    search_init(&search, 16000, 32000, 0.10);
    search_said_nothing(&search, 22627);
    assert_int_equal(search.breaks, 32000);
    assert_int_equal(search_next(&search), 19027);
    search_held(&search, 19027);
    assert_int_equal(search_next(&search), 20749);
    search_held(&search, 20749);
    assert_int_equal(search_next(&search), 0);
    assert_int_equal(search.holds, 20749);
    assert_int_equal(search.breaks, 32000);
}
