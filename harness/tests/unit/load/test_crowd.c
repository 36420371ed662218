/* Users walk by a simulated clock: nothing here waits. */
#include "load/users/crowd.h"

#include "base/clock.h"
#include "base/list.h"
#include "test.h"
#include "traffic_text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define S  CLOCK_SECOND_NS
#define MS CLOCK_MILLISECOND_NS

#define REQUESTS                                                                                                       \
    "\"requests\": [{\"name\": \"a\", \"path\": \"/a\"}, {\"name\": \"b\", \"path\": \"/b\"},"                         \
    " {\"name\": \"c\", \"path\": \"/c\"}]"

static const char *const straight = "{" REQUESTS ", \"sessions\": [{\"name\": \"s\", \"steps\": [{\"request\": \"a\"},"
                                    " {\"request\": \"b\", \"think\": \"200ms\"}, {\"request\": \"c\"}]}]}";
static const char *const lenient =
    "{" REQUESTS ", \"sessions\": [{\"name\": \"s\", \"steps\": [{\"request\": \"a\", \"on_failure\": \"continue\"},"
    " {\"request\": \"b\"}, {\"request\": \"c\"}]}]}";
static const char *const mixed =
    "{" REQUESTS ", \"sessions\": [{\"name\": \"often\", \"weight\": 3, \"steps\": [{\"request\": \"a\"},"
    " {\"request\": \"b\", \"think\": {\"exponential\": \"2s\"}}, {\"request\": \"c\", \"chance\": \"30%\"}]},"
    " {\"name\": \"seldom\", \"steps\": [{\"request\": \"a\"},"
    " {\"request\": \"b\", \"think\": {\"uniform\": [\"1s\", \"3s\"]}}]}]}";

/* One request of a user, as it was taken. */
struct taken {
    uint64_t number, due_ns;
    size_t session, step;
};

/* A service whose responses all take the same time, and what its users did. */
struct walk {
    struct traffic traffic;
    struct planned_step step;
    uint64_t response_ns, most;
    bool fails; /* every request does */
    struct taken *taken;
    size_t count;
    struct session_tally tally;
};

struct flying {
    struct user *user;
    uint64_t until_ns;
};

/* The response that comes first. */
static size_t first_of(const struct flying *flying, size_t count)
{
    size_t first = 0;
    for (size_t i = 1; i < count; i++) {
        if (flying[i].until_ns < flying[first].until_ns) {
            first = i;
        }
    }
    return first;
}

static void walk_thread(struct walk *walk, unsigned thread, unsigned threads)
{
    struct crowd *crowd = crowd_new(&(struct crowd_options){.traffic = &walk->traffic,
                                                            .step = &walk->step,
                                                            .thread = thread,
                                                            .threads = threads,
                                                            .start_ns = S,
                                                            .most = walk->most > 0 ? walk->most : 100000});
    struct flying *flying = NULL;
    struct session_tally tally;
    size_t in_flight = 0;

    for (;;) {
        uint64_t due_ns = crowd_due_ns(crowd);
        size_t first = first_of(flying, in_flight);
        if (in_flight > 0 && flying[first].until_ns <= due_ns) {
            struct flying landed = flying[first];
            flying[first] = flying[--in_flight];
            crowd_go_on(crowd, landed.user, landed.until_ns, walk->fails);
        } else if (due_ns == UINT64_MAX) {
            break;
        } else if (!crowd_turn_away(crowd)) {
            struct user *user = crowd_take(crowd);
            assert_int_equal(user->due_ns, due_ns);
            assert_true(due_ns < S + walk->step.warmup_ns + walk->step.measure_ns);
            *list_add(walk->taken, walk->count) =
                (struct taken){user->number, due_ns, (size_t)(user->session - walk->traffic.sessions), user->step};
            flying = list_grow(flying, in_flight, sizeof *flying);
            flying[in_flight++] = (struct flying){user, due_ns + walk->response_ns};
        }
    }
    crowd_close(crowd, &tally);
    session_tally_add(&walk->tally, &tally);
    crowd_free(crowd);
    free(flying);
}

static int by_user(const void *a, const void *b)
{
    const struct taken *left = a, *right = b;
    if (left->number != right->number) {
        return left->number < right->number ? -1 : 1;
    }
    return left->step < right->step ? -1 : left->step > right->step;
}

static void walk_all(struct walk *walk, const char *traffic, unsigned threads)
{
    traffic_from_text(&walk->traffic, traffic);
    for (unsigned i = 0; i < threads; i++) {
        walk_thread(walk, i, threads);
    }
    qsort(walk->taken, walk->count, sizeof *walk->taken, by_user);
}

static void walk_end(struct walk *walk)
{
    traffic_release(&walk->traffic);
    free(walk->taken);
}

static struct planned_step step_of(uint64_t users)
{
    return (struct planned_step){
        .users = users, .rate = 3 * users, .seed = 7, .warmup_ns = 2 * S, .measure_ns = 20 * S, .interval_count = 20};
}

TEST(every_user_takes_the_steps_in_order_and_thinks_from_the_response_on)
{
    struct walk walk = {.step = step_of(50), .response_ns = 30 * MS};

    walk_all(&walk, straight, 1);
    for (size_t i = 1; i < walk.count; i++) {
        const struct taken *before = &walk.taken[i - 1], *now = &walk.taken[i];
        if (now->number != before->number) {
            assert_int_equal(now->number, before->number + 1); /* none is left out */
            assert_int_equal(now->step, 0);
            assert_true(now->due_ns >= before->due_ns - 1 * S);
            continue;
        }
        assert_int_equal(now->step, before->step + 1);
        assert_int_equal(now->due_ns - before->due_ns, now->step == 1 ? 230 * MS : 30 * MS);
    }
    assert_in_range(walk.tally.begun, 900, 1100);
    assert_true(walk.tally.unfinished > 0 && walk.tally.abandoned == 0 && walk.tally.denied == 0);
    walk_end(&walk);
}

TEST(arrivals_are_those_of_the_schedule_whatever_the_service_does)
{
    struct walk fast = {.step = step_of(40), .response_ns = 1 * MS}, slow = {.step = step_of(40), .response_ns = 5 * S};
    size_t at = 0;

    walk_all(&fast, straight, 1);
    walk_all(&slow, straight, 1);
    for (size_t i = 0; i < fast.count; i++) {
        if (fast.taken[i].step > 0) {
            continue;
        }
        while (slow.taken[at].step > 0) {
            at++;
        }
        assert_memory_equal(&fast.taken[i], &slow.taken[at], sizeof fast.taken[i]);
        at++;
    }
    assert_int_equal(fast.tally.begun, slow.tally.begun);
    walk_end(&fast);
    walk_end(&slow);
}

TEST(users_are_the_same_on_one_thread_and_on_five)
{
    struct walk one = {.step = step_of(60), .response_ns = 11 * MS},
                five = {.step = step_of(60), .response_ns = 11 * MS};

    walk_all(&one, mixed, 1);
    walk_all(&five, mixed, 5);
    assert_int_equal(one.count, five.count);
    assert_memory_equal(one.taken, five.taken, one.count * sizeof *one.taken);
    one.tally.most = five.tally.most = 0; /* the threads' are added up */
    assert_memory_equal(&one.tally, &five.tally, sizeof one.tally);
    walk_end(&one);
    walk_end(&five);
}

TEST(another_seed_gives_other_users)
{
    struct walk here = {.step = step_of(60)}, there = {.step = step_of(60)};

    there.step.seed = 8;
    walk_all(&here, mixed, 1);
    walk_all(&there, mixed, 1);
    assert_true(here.count != there.count || memcmp(here.taken, there.taken, here.count * sizeof *here.taken) != 0);
    walk_end(&here);
    walk_end(&there);
}

/* Bounds of five standard deviations. */
TEST(kinds_chances_and_times_to_think_have_their_shares)
{
    struct walk walk = {.step = step_of(400), .response_ns = 1};
    double kinds[2] = {0}, thought[2] = {0}, thinkers[2] = {0}, squares[2] = {0}, took_c = 0, could_c = 0;

    walk.step.measure_ns = 60 * S;
    walk_all(&walk, mixed, 1);
    for (size_t i = 0; i < walk.count; i++) {
        const struct taken *now = &walk.taken[i];
        if (now->due_ns > 40 * S) {
            continue; /* the end cuts off long times to think */
        }
        kinds[now->session] += now->step == 0;
        if (now->step == 1) {
            double ns = (double)(now->due_ns - walk.taken[i - 1].due_ns - 1) / S;
            thought[now->session] += ns;
            squares[now->session] += ns * ns;
            thinkers[now->session]++;
            assert_true(now->session == 0 || (ns >= 1 && ns <= 3));
        }
        could_c += now->step == 1 && now->session == 0;
        took_c += now->step == 2;
    }
    double users = kinds[0] + kinds[1];
    assert_true(fabs(kinds[0] / users - 0.75) < 5 * sqrt(0.75 * 0.25 / users));
    assert_true(fabs(took_c / could_c - 0.3) < 5 * sqrt(0.3 * 0.7 / could_c));
    assert_true(fabs(thought[0] / thinkers[0] - 2) < 0.15);
    assert_true(fabs(sqrt(squares[0] / thinkers[0] - pow(thought[0] / thinkers[0], 2)) - 2) < 0.2);
    assert_true(fabs(thought[1] / thinkers[1] - 2) < 5 * sqrt(1.0 / 3 / thinkers[1]));
    walk_end(&walk);
}

TEST(a_failure_ends_the_session_and_nothing_more_of_it_is_sent)
{
    struct walk walk = {.step = step_of(50), .response_ns = 5 * MS, .fails = true};

    walk_all(&walk, straight, 1);
    for (size_t i = 0; i < walk.count; i++) {
        assert_int_equal(walk.taken[i].step, 0);
    }
    assert_int_equal(walk.tally.abandoned, walk.tally.begun);
    assert_int_equal(walk.tally.finished, 0);
    walk_end(&walk);
}

TEST(a_step_that_says_so_is_gone_on_from_after_a_failure)
{
    struct walk walk = {.step = step_of(50), .response_ns = 5 * MS, .fails = true};
    size_t second = 0;

    walk_all(&walk, lenient, 1);
    for (size_t i = 0; i < walk.count; i++) {
        assert_true(walk.taken[i].step <= 1);
        second += walk.taken[i].step;
    }
    assert_true(second * 2 + 1 >= walk.count);
    walk_end(&walk);
}

TEST(the_counts_of_sessions_add_up)
{
    struct walk walk = {.step = step_of(80), .response_ns = 150 * MS};
    uint64_t there = 0;

    walk_all(&walk, mixed, 3);
    for (size_t i = 0; i < walk.count; i++) {
        /* Under way when measuring begins: arrived before, and the last request is due later. */
        bool last = i + 1 == walk.count || walk.taken[i + 1].number != walk.taken[i].number;
        const struct taken *arrived = &walk.taken[i - walk.taken[i].step];
        while (arrived->step > 0) {
            arrived++; /* a step was left out */
        }
        there += last && walk.taken[i].due_ns >= 3 * S && arrived->due_ns < 3 * S;
    }
    assert_true(walk.tally.finished + walk.tally.unfinished >= walk.tally.begun);
    assert_true(walk.tally.finished + walk.tally.unfinished - walk.tally.begun >= there);
    walk_end(&walk);
}

TEST(users_beyond_the_room_are_turned_away_and_counted)
{
    struct walk walk = {.step = step_of(100), .response_ns = 1 * S, .most = 20};
    uint64_t arrived = 0;

    walk_all(&walk, straight, 1);
    for (size_t i = 0; i < walk.count; i++) {
        arrived += walk.taken[i].step == 0 && walk.taken[i].due_ns >= 3 * S;
    }
    assert_int_equal(walk.tally.most, 20);
    assert_int_equal(walk.tally.begun, arrived);
    assert_in_range(walk.tally.begun + walk.tally.denied, 1800, 2200);
    assert_true(walk.tally.denied > 1500); /* 20 users of 2.2 s each are 9 a second */
    walk_end(&walk);
}
