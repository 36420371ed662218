#include "bench/crew/muster.h"

#include "base/list.h"
#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

/* Hosts gen1, gen2 … with two threads each, as they would be if every one had said what it is. */
static void make(struct muster *muster, size_t count)
{
    *muster = (struct muster){.count = count, .members = mem_new(count, sizeof *muster->members)};
    for (size_t i = 0; i < count; i++) {
        struct muster_member *member = &muster->members[i];
        size_t addresses = 0;
        member->record.rank = (unsigned)i;
        member->record.host = mem_format("gen%zu.example.org", i + 1);
        member->record.cores = mem_string("0-1");
        member->record.threads = 2;
        member->version = mem_string("1.0");
        member->scenario = mem_string("5ce0a");
        *list_add(member->addresses, addresses) = mem_format("192.168.%zu.1/24", i);
        *list_add(member->addresses, addresses) = mem_format("10.0.0.%zu/8", i + 1);
        *list_add(member->addresses, addresses) = NULL;
    }
}

static void set(char **member, const char *text)
{
    free(*member);
    *member = mem_string(text);
}

static void refuses(struct muster *muster, const char *service_on, const char *first, const char *second)
{
    struct error err = {0};

    assert_int_equal(muster_settle(muster, service_on, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, first));
    assert_non_null(strstr(err.message, second));
    muster_release(muster);
}

TEST(threads_are_dealt_out_by_rank_and_rank_0_leads)
{
    struct muster muster;

    make(&muster, 3);
    assert_int_equal(muster_settle(&muster, NULL, NULL), 0);
    assert_int_equal(muster.lead, 0);
    assert_false(muster.hosts_service);
    assert_int_equal(muster.threads, 6);
    for (unsigned i = 0; i < 3; i++) {
        assert_int_equal(muster.members[i].first_thread, 2 * i);
    }
    assert_string_equal(muster.host, "10.0.0.1"); /* of its two networks the one that all are in */
    muster_release(&muster);
}

TEST(the_host_of_the_service_leads_and_sends_nothing)
{
    static const char *const names[] = {"gen2", "gen2.example.org", "10.0.0.2", "192.168.1.1", "rank:1"};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct muster muster;
        make(&muster, 3);
        assert_int_equal(muster_settle(&muster, names[i], NULL), 0);
        assert_int_equal(muster.lead, 1);
        assert_true(muster.hosts_service);
        assert_int_equal(muster.threads, 4);
        assert_int_equal(muster.members[1].record.threads, 0);
        assert_int_equal(muster.members[2].first_thread, 2);
        assert_string_equal(muster.host, "10.0.0.2");
        muster_release(&muster);
    }
}

TEST(a_host_without_a_rank_is_refused_with_those_that_have_one)
{
    static const char *const names[] = {"gen", "gen9", "10.0.0", "10.0.0.22", "rank:3", "rank:x", ""};

    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        struct muster muster;
        make(&muster, 3);
        refuses(&muster, names[i], "--service-on", "2 on gen3.example.org");
    }
}

TEST(another_version_is_refused_with_both)
{
    struct muster muster;

    make(&muster, 3);
    set(&muster.members[2].version, "0.9");
    refuses(&muster, NULL, "rank 2 on gen3.example.org is twofold 0.9", "rank 0 on gen1.example.org is twofold 1.0");
}

TEST(another_scenario_is_refused)
{
    struct muster muster;

    make(&muster, 2);
    set(&muster.members[1].scenario, "00000");
    refuses(&muster, NULL, "gen2.example.org has another scenario", "copy the file");
}

TEST(two_ranks_on_one_core_are_refused)
{
    struct muster muster;

    make(&muster, 3);
    set(&muster.members[2].record.host, "gen1.example.org");
    set(&muster.members[2].record.cores, "1-2");
    refuses(&muster, NULL, "ranks 0 and 2 would both send from core 1 of gen1.example.org", "--bind-to core");
}

/* One host may have several, each on its own cores; and the service's rank sends nothing. */
TEST(ranks_of_one_host_with_cores_of_their_own_are_a_fleet_on_loopback)
{
    struct muster muster;

    make(&muster, 3);
    for (size_t i = 0; i < 3; i++) {
        static const char *const cores[] = {"0", "1", "1"};
        set(&muster.members[i].record.host, "gen1");
        set(&muster.members[i].record.cores, cores[i]);
    }
    assert_int_equal(muster_settle(&muster, "rank:2", NULL), 0);
    assert_string_equal(muster.host, "127.0.0.1");
    muster_release(&muster);
}
