#include "load/pacer.h"

#include "base/clock.h"
#include "test.h"

#include <fcntl.h>

static void start(uv_loop_t *loop, struct pacer *pacer)
{
    struct error err = {0};
    assert_int_equal(uv_loop_init(loop), 0);
    if (pacer_init(pacer, loop, &err) != 0) {
        fail_msg("%s", err.message);
    }
}

static void end(uv_loop_t *loop, struct pacer *pacer)
{
    int fd = pacer->fd;
    pacer_close(pacer);
    uv_run(loop, UV_RUN_DEFAULT);
    assert_int_equal(uv_loop_close(loop), 0);
    assert_int_equal(fcntl(fd, F_GETFD), -1);
}

/* Never early: a request must not leave before it is due. */
TEST(the_loop_wakes_at_the_moment_and_not_before)
{
    uv_loop_t loop;
    struct pacer pacer;

    start(&loop, &pacer);
    for (int i = 0; i < 50; i++) {
        uint64_t at_ns = clock_now_ns() + (uint64_t)i * 50000;
        pacer_arm(&pacer, at_ns);
        while (pacer.armed_ns != 0) {
            uv_run(&loop, UV_RUN_ONCE);
        }
        assert_true(clock_now_ns() >= at_ns);
    }
    end(&loop, &pacer);
}

TEST(a_moment_that_is_past_wakes_at_once)
{
    uv_loop_t loop;
    struct pacer pacer;

    start(&loop, &pacer);
    pacer_arm(&pacer, 1);
    uv_run(&loop, UV_RUN_ONCE);
    assert_int_equal(pacer.armed_ns, 0);
    end(&loop, &pacer);
}

TEST(a_new_moment_takes_the_place_of_the_old)
{
    uv_loop_t loop;
    struct pacer pacer;

    start(&loop, &pacer);
    pacer_arm(&pacer, clock_now_ns() + 3600 * CLOCK_SECOND_NS);
    uv_run(&loop, UV_RUN_NOWAIT);
    assert_true(pacer.armed_ns != 0);
    pacer_arm(&pacer, clock_now_ns() + CLOCK_MILLISECOND_NS);
    uv_run(&loop, UV_RUN_ONCE);
    assert_int_equal(pacer.armed_ns, 0);

    pacer_arm(&pacer, clock_now_ns() + CLOCK_MILLISECOND_NS);
    pacer_arm(&pacer, clock_now_ns() + 3600 * CLOCK_SECOND_NS);
    clock_sleep_ns(3 * CLOCK_MILLISECOND_NS);
    uv_run(&loop, UV_RUN_NOWAIT);
    assert_true(pacer.armed_ns != 0); /* the first moment is past, and did not wake it */
    end(&loop, &pacer);
}

TEST(the_same_moment_can_be_armed_again_after_it_came)
{
    uv_loop_t loop;
    struct pacer pacer;
    uint64_t at_ns = clock_now_ns() + CLOCK_MILLISECOND_NS;

    start(&loop, &pacer);
    for (int i = 0; i < 3; i++) {
        pacer_arm(&pacer, at_ns);
        pacer_arm(&pacer, at_ns);
        uv_run(&loop, UV_RUN_ONCE);
        assert_int_equal(pacer.armed_ns, 0);
    }
    end(&loop, &pacer);
}
