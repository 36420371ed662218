#include "contract/upstream/visits.h"

#include "test.h"

TEST(calls_of_one_key_at_once_are_one_visit)
{
    struct visits visits = {0};

    visits_begin(&visits, 7, 100);
    visits_begin(&visits, 7, 110);
    visits_end(&visits, 7, 150);
    assert_int_equal(visits_time(&visits, 160), 60);
    visits_end(&visits, 7, 200);
    assert_int_equal(visits_time(&visits, 1000), 100);
    visits_begin(&visits, 7, 1000);
    visits_end(&visits, 7, 1030);
    assert_int_equal(visits_time(&visits, 2000), 130);
    visits_release(&visits);
}

TEST(visits_of_several_keys_add_up)
{
    struct visits visits = {0};

    for (uint64_t key = 0; key < 10000; key++) {
        visits_begin(&visits, key, 1000);
    }
    assert_int_equal(visits_time(&visits, 1010), 100000);
    for (uint64_t key = 0; key < 5000; key++) {
        visits_end(&visits, key, 1020);
    }
    assert_int_equal(visits_time(&visits, 1030), 250000);
    visits_release(&visits);
}

TEST(an_end_without_a_begin_changes_nothing)
{
    struct visits visits = {0};

    visits_end(&visits, 7, 100);
    assert_int_equal(visits_time(&visits, 200), 0);
    visits_release(&visits);
}
