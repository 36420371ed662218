#include "host/proc/cpu_account.h"

#include "test.h"

#define MS UINT64_C(1000000)

/* One reading: what it has used, what it was charged, and children seen before that were found to have ended. */
static uint64_t read_account(struct cpu_account *account, uint64_t own, uint64_t charged, uint64_t ended)
{
    cpu_account_read(account, own, charged);
    if (ended > 0) {
        cpu_account_end_child(account, ended);
    }
    uint64_t total = cpu_account_total(account);
    cpu_account_settle(account);
    assert_int_equal(cpu_account_total(account), total); /* settling changes no total */
    return total;
}

TEST(children_that_nobody_saw_are_counted_by_the_charge)
{
    struct cpu_account account = {0};

    assert_int_equal(read_account(&account, 5 * MS, 0, 0), 5 * MS);
    assert_int_equal(read_account(&account, 6 * MS, 40 * MS, 0), 46 * MS);
    assert_int_equal(read_account(&account, 6 * MS, 90 * MS, 0), 96 * MS);
}

/* The child had 30 ms when it was seen, and 33 when it was waited for. */
TEST(a_child_that_was_seen_and_waited_for_is_counted_once)
{
    struct cpu_account account = {0};

    read_account(&account, 5 * MS, 0, 0);
    assert_int_equal(read_account(&account, 5 * MS, 30 * MS, 33 * MS), 38 * MS);
}

TEST(a_charge_that_shows_after_its_child_has_gone_pays_for_it_then)
{
    struct cpu_account account = {0};

    read_account(&account, 5 * MS, 0, 0);
    assert_int_equal(read_account(&account, 5 * MS, 0, 33 * MS), 38 * MS);
    assert_int_equal(read_account(&account, 5 * MS, 30 * MS, 0), 38 * MS);   /* rounded down to ticks */
    assert_int_equal(read_account(&account, 5 * MS, 140 * MS, 0), 145 * MS); /* what was rounded away is in it now */
}

TEST(a_child_that_nobody_waited_for_stays_counted)
{
    struct cpu_account account = {0};

    for (unsigned i = 1; i <= 10; i++) {
        assert_int_equal(read_account(&account, 5 * MS, 0, 7 * MS), 5 * MS + i * 7 * MS);
    }
}

/* A hundred children of 7 ms, each seen with all it used, in a charge that is rounded down to 10 ms. */
TEST(rounding_does_not_add_up)
{
    struct cpu_account account = {0};

    for (uint64_t i = 1; i <= 100; i++) {
        uint64_t charged = i * 7 * MS / (10 * MS) * (10 * MS);
        uint64_t total = read_account(&account, 0, charged, 7 * MS);
        assert_true(total >= i * 7 * MS);
        assert_true(total <= i * 7 * MS + 10 * MS);
    }
}

TEST(a_charge_for_others_does_not_pay_for_a_later_child)
{
    struct cpu_account account = {0};

    assert_int_equal(read_account(&account, 0, 500 * MS, 0), 500 * MS);
    assert_int_equal(read_account(&account, 0, 500 * MS, 20 * MS), 520 * MS);
}

/* A child counts by itself until it ends, and then what it had must be in its parent's total. */
TEST(a_total_never_falls)
{
    struct cpu_account account = {0};
    uint64_t own = 0, charged = 0, last = 0, random = 88172645463325252U;

    for (int i = 0; i < 100000; i++) {
        random ^= random << 13, random ^= random >> 7, random ^= random << 17;
        own += random % 5;
        charged += (random >> 8) % 3 == 0 ? (random >> 16) % 20 : 0;
        uint64_t seen = (random >> 24) % 3 == 0 ? (random >> 32) % 25 : 0;
        uint64_t total = read_account(&account, (random >> 40) % 7 == 0 ? own / 2 : own, charged, seen);
        assert_true(total >= last + seen);
        last = total;
    }
}
