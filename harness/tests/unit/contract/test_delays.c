#include "contract/upstream/delays.h"

#include "base/clock.h"
#include "base/random.h"
#include "test.h"

#define WAITING 5000

struct waiting {
    struct delay delay;
    uint64_t due_ns;
};

static struct {
    uint64_t last_ns;
    unsigned done, early, unordered;
} seen;

static void on_due(void *owner)
{
    struct waiting *waiting = owner;

    seen.early += clock_now_ns() < waiting->due_ns;
    seen.unordered += waiting->due_ns < seen.last_ns;
    seen.last_ns = waiting->due_ns;
    seen.done++;
}

TEST(thousands_wait_each_for_its_own_moment_and_those_taken_out_never_come)
{
    static struct waiting waiting[WAITING];
    struct delays delays;
    struct random random;
    struct error err = {0};
    uv_loop_t loop;

    random_init(&random, 1, 0);
    assert_int_equal(uv_loop_init(&loop), 0);
    assert_int_equal(delays_init(&delays, &loop, on_due, &err), 0);
    uint64_t now_ns = clock_now_ns();
    for (size_t i = 0; i < WAITING; i++) {
        waiting[i].due_ns = now_ns + random_below(&random, 100 * CLOCK_MILLISECOND_NS);
        delays_add(&delays, &waiting[i].delay, waiting[i].due_ns, &waiting[i]);
    }
    for (size_t i = 0; i < WAITING; i += 5) {
        delays_remove(&delays, &waiting[i].delay);
        delays_remove(&delays, &waiting[i].delay); /* twice is once */
    }
    while (delays.count > 0) {
        uv_run(&loop, UV_RUN_ONCE);
    }
    assert_int_equal(seen.done, WAITING - WAITING / 5);
    assert_int_equal(seen.early, 0);
    assert_int_equal(seen.unordered, 0);
    delays_close(&delays);
    uv_run(&loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(&loop), 0);
}
