#include "plan/order.h"

#include "base/mem.h"
#include "test.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { BACKENDS_MOST = 8, BLOCKS_MOST = 33, SEEDS = 20 };

static size_t *ordered(uint64_t seed, size_t blocks, size_t backends)
{
    size_t *order = mem_new(blocks * backends + 1, sizeof *order);
    struct random random;

    random_init(&random, seed, 1);
    order_make(order, blocks, backends, &random);
    return order;
}

/* counts[service][place] over the blocks from `first` on. */
static void count_places(const size_t *order, size_t first, size_t blocks, size_t backends,
                         unsigned counts[BACKENDS_MOST][BACKENDS_MOST])
{
    memset(counts, 0, BACKENDS_MOST * sizeof counts[0]);
    for (size_t block = first; block < first + blocks; block++) {
        for (size_t place = 0; place < backends; place++) {
            counts[order[block * backends + place]][place]++;
        }
    }
}

TEST(each_service_stands_once_at_each_place_over_as_many_blocks_as_there_are_services)
{
    for (size_t backends = 1; backends <= BACKENDS_MOST; backends++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            size_t *order = ordered(seed, 4 * backends, backends);
            for (size_t square = 0; square < 4; square++) {
                unsigned counts[BACKENDS_MOST][BACKENDS_MOST];
                count_places(order, square * backends, backends, backends, counts);
                for (size_t i = 0; i < backends * backends; i++) {
                    assert_int_equal(counts[i / backends][i % backends], 1);
                }
            }
            free(order);
        }
    }
}

TEST(after_any_number_of_blocks_no_service_stood_more_than_once_more_often_at_a_place_than_another)
{
    for (size_t backends = 2; backends <= BACKENDS_MOST; backends++) {
        for (uint64_t seed = 0; seed < SEEDS; seed++) {
            size_t *order = ordered(seed, BLOCKS_MOST, backends);
            for (size_t blocks = 1; blocks <= BLOCKS_MOST; blocks++) {
                unsigned counts[BACKENDS_MOST][BACKENDS_MOST];
                count_places(order, 0, blocks, backends, counts);
                for (size_t i = 0; i < backends * backends; i++) {
                    unsigned here = counts[i / backends][i % backends];
                    assert_in_range(here, blocks / backends, (blocks + backends - 1) / backends);
                }
            }
            free(order);
        }
    }
}

TEST(an_even_number_of_services_has_the_same_mean_place_after_every_second_block)
{
    for (size_t backends = 2; backends <= BACKENDS_MOST; backends += 2) {
        size_t *order = ordered(7, BLOCKS_MOST - 1, backends);
        for (size_t block = 0; block + 1 < BLOCKS_MOST; block += 2) {
            for (size_t i = 0; i < backends; i++) {
                assert_int_equal(order[block * backends + i], order[(block + 2) * backends - 1 - i]);
            }
        }
        free(order);
    }
}

TEST(each_service_follows_each_other_one_equally_often)
{
    for (size_t backends = 2; backends <= BACKENDS_MOST; backends++) {
        size_t blocks = backends % 2 == 0 ? backends : 2 * backends;
        size_t *order = ordered(3, blocks, backends);
        unsigned follows[BACKENDS_MOST][BACKENDS_MOST] = {{0}};
        for (size_t block = 0; block < blocks; block++) {
            for (size_t i = 1; i < backends; i++) {
                follows[order[block * backends + i - 1]][order[block * backends + i]]++;
            }
        }
        for (size_t a = 0; a < backends; a++) {
            for (size_t b = 0; b < backends; b++) {
                unsigned wanted = a == b ? 0 : (unsigned)(blocks / backends);
                assert_int_equal(follows[a][b], wanted);
            }
        }
        free(order);
    }
}

TEST(another_seed_gives_another_order)
{
    size_t *one = ordered(1, 4, 4);
    unsigned same = 0;

    for (uint64_t seed = 2; seed < 2 + SEEDS; seed++) {
        size_t *other = ordered(seed, 4, 4);
        same += memcmp(one, other, 16 * sizeof *one) == 0;
        free(other);
    }
    assert_true(same < SEEDS / 4);
    free(one);
}
