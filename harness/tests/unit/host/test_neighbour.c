#include "host/machine/neighbour.h"

#include "test.h"

#include <unistd.h>

/* A bench may run on this machine while the tests do: what counts is what comes on top. */
TEST(runs_see_the_claims_of_others_until_they_end)
{
    int first, second, third;
    unsigned before = neighbour_claim(&first);

    assert_true(first >= 0);
    assert_int_equal(neighbour_claim(&second), before + 1);
    assert_true(second >= 0 && second != first);
    close(first);
    assert_int_equal(neighbour_claim(&third), before + 1); /* the second is still there */
    close(second);
    close(third);
}
